using SupportPortal.Application.Tickets;
using SupportPortal.Domain.People;

namespace SupportPortal.Web.Tickets.Requests;

/// <summary>One page's hold on a draft: keeps what the page hears in the order in which it hears it.</summary>
public sealed class KeptDraft(Drafts drafts, Actor owner, string key)
{
    private Task _last = Task.CompletedTask;

    /// <summary>How often it was kept: the browser forgets its own copy when this grows.</summary>
    public int Times { get; private set; }

    /// <summary>Keeps the text; nothing forgets the draft.</summary>
    public Task KeepAsync(string? text) => _last = AfterAsync(_last, text);

    private async Task AfterAsync(Task before, string? text)
    {
        await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext); // One that failed was told, and spoils no later one.
        if (text is null) await drafts.DeleteAsync(owner, key);
        else await drafts.SaveAsync(owner, key, text);
        Times++;
    }
}
