using Microsoft.AspNetCore.Components;
using SupportPortal.Application.Tickets;
using SupportPortal.Domain;
using SupportPortal.Domain.People;
using SupportPortal.Web.Tickets.Requests;

namespace SupportPortal.Web.Tickets.Workbench;

/// <summary>A text box with its button. What is typed is kept as a draft; one text is sent once, however often the button is pressed.</summary>
public sealed partial class TextBox(Drafts drafts)
{
    private readonly string _id = $"text-{Guid.NewGuid():N}";
    private string _key = Guid.NewGuid().ToString("N");
    private string _text = "";
    private Refusal? _refusal;
    private bool _sending;
    private bool _justSent;
    private KeptDraft? _draft;

    [Parameter, EditorRequired]
    public required Actor Actor { get; set; }

    [Parameter, EditorRequired]
    public required string Label { get; set; }

    [Parameter, EditorRequired]
    public required string Hint { get; set; }

    [Parameter, EditorRequired]
    public required string Button { get; set; }

    /// <summary>Where the draft is kept.</summary>
    [Parameter, EditorRequired]
    public required string DraftKey { get; set; }

    /// <summary>Only staff read it, and it looks like that.</summary>
    [Parameter]
    public bool IsInternal { get; set; }

    /// <summary>Sends the text under a key that stays the same until it has arrived; answers the refusal, if any.</summary>
    [Parameter, EditorRequired]
    public required Func<string, string, Task<Refusal?>> Send { get; set; }

    protected override async Task OnInitializedAsync()
    {
        _draft = new KeptDraft(drafts, Actor, DraftKey);
        _text = (await drafts.ReadAsync(Actor, DraftKey))?.Text ?? "";
    }

    private async Task TypedAsync(string? text)
    {
        (_text, _justSent, _refusal) = (text ?? "", false, null);
        await _draft!.KeepAsync(_text == "" ? null : _text);
    }

    private async Task SendAsync()
    {
        // The second click of a double click: it finds the box empty because the first one has sent its text.
        if (_sending || (_justSent && _text == "")) return;
        _sending = true;
        try
        {
            var sent = _text;
            _refusal = await Send(sent, _key);
            if (_refusal is not null) return;
            _key = Guid.NewGuid().ToString("N");
            if (_text != sent) return; // Typed meanwhile: it is not sent, and stays with its draft.
            (_text, _justSent) = ("", true);
            await _draft!.KeepAsync(null);
        }
        finally
        {
            _sending = false;
        }
    }
}
