using Microsoft.AspNetCore.Components;
using NodaTime;
using SupportPortal.Application.Audit;
using SupportPortal.Application.People;
using SupportPortal.Domain;
using SupportPortal.Domain.People;
using SupportPortal.Web.Audit;
using SupportPortal.Web.Shell;
using SupportPortal.Web.Tickets;

namespace SupportPortal.Web.People.Admin;

/// <summary>One person: who they are, what administrators can do about them, and what happened lately.</summary>
public sealed partial class PersonPage(
    PeopleAdministration administration, PeopleQueries queries, AuditQueries log, PeopleDirectory directory, AccountLetters letters, AccountLinks links,
    NavigationManager navigation, ViewerZone viewer, TimeProvider clock)
{
    private const int MostEntries = 20;
    private const int MostOrganisations = 200;

    private PersonDetails? _person;
    private PersonDraft _draft = new();
    private IReadOnlyList<AuditEntry> _entries = [];
    private IReadOnlyList<string> _organisations = [];
    private IReadOnlyList<string> _teams = [];
    private AuditNames _names = AuditNames.None;
    private FieldErrors _errors = FieldErrors.None;
    private DateTimeZone _zone = DateTimeZone.Utc;
    private ElementReference _problems;
    private Instant _now;
    private string? _shown;
    private string? _problem;
    private string? _done;
    private string? _link;
    private bool _acting;
    private bool _isUnknown;
    private bool _toProblems;

    [Parameter]
    public required string Id { get; set; }

    protected override async Task OnParametersSetAsync()
    {
        if (_shown == Id) return;
        _shown = Id;
        (_person, _isUnknown, _problem, _done, _link, _errors) = (null, false, null, null, null, FieldErrors.None);
        var me = await MeAsync();
        _zone = await viewer.FindAsync();
        _organisations = await queries.OrganisationsAsync(me, MostOrganisations, Leaving);
        _teams = [.. (await directory.TeamsAsync(Leaving)).Select(team => team.Name)];
        await ShowAsync();
        if (_person is { } person) _draft = PersonDraft.Of(person);
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!_toProblems) return;
        _toProblems = false;
        await _problems.FocusAsync();
    }

    private async Task ShowAsync()
    {
        var id = Id;
        var (me, person) = (await MeAsync(), await queries.FindAsync(await MeAsync(), id, Leaving));
        var entries = person is null ? [] : (await log.ListAsync(me, new AuditFilter { PersonId = id }, null, MostEntries, Leaving)).Items;
        var names = await AuditNames.ReadAsync(directory, entries, Leaving);
        if (id != Id) return; // The address has changed meanwhile.
        (_person, _isUnknown, _entries, _names, _now) = (person, person is null, entries, names, clock.Now());
    }

    private Task SaveAsync() => ActAsync(async me =>
    {
        var refused = await administration.ChangeAsync(me, Id, _draft.ToChange(), Leaving);
        if (refused is null) return new Said("Saved.");
        _errors = new FieldErrors([refused]);
        return new Said(null);
    }, redraws: true);

    private Task ActAsync(PersonAct act) => ActAsync(me => act switch
    {
        PersonAct.SendLink => SendLinkAsync(me),
        PersonAct.EndSessions => SayAsync(administration.EndSessionsAsync(me, Id, Leaving), "Signed out everywhere, within a minute."),
        PersonAct.ResetSecondFactor => SayAsync(administration.ResetSecondFactorAsync(me, Id, Leaving), "The second factor is off and passkeys are gone. The password alone signs in until they set up another."),
        PersonAct.RevokeTokens => SayAsync(administration.RevokeTokensAsync(me, Id, Leaving), "Their API tokens open nothing any more."),
        PersonAct.Deactivate => SayAsync(administration.DeactivateAsync(me, Id, Leaving), "Deactivated. Whatever they have open ends within a minute."),
        PersonAct.Reactivate => SayAsync(administration.ReactivateAsync(me, Id, Leaving), "They can sign in again."),
        _ => throw new InvalidOperationException($"{act} is not done here."),
    }, redraws: false);

    private async Task<Said> SendLinkAsync(Actor me)
    {
        var (_, link, refused) = await administration.SendLinkAsync(me, Id, Leaving);
        if (refused is not null) return new Said(null, refused.Message);
        return link is null ? new Said("A mail with a link is on its way.") : new Said("Copy this link now and hand it over: it is shown this once, and works once, for three days.", null, link);
    }

    private static async Task<Said> SayAsync(Task<Refusal?> act, string done) => await act is { } refused ? new Said(null, refused.Message) : new Said(done);

    private async Task ActAsync(Func<Actor, Task<Said>> act, bool redraws)
    {
        if (_acting) return;
        _acting = true;
        try
        {
            _errors = FieldErrors.None;
            (_done, _problem, _link) = await act(Me!);
            await ShowAsync();
            if (redraws && _errors.Count == 0 && _person is { } person) _draft = PersonDraft.Of(person);
            _toProblems = _problem is not null || _errors.Count > 0;
        }
        finally
        {
            _acting = false;
        }
    }

    private static string Tickets(int count) => count == 1 ? "One open ticket is" : $"{count} open tickets are";

    /// <summary>What an act says afterwards.</summary>
    private sealed record Said(string? Done, string? Problem = null, string? Link = null);
}
