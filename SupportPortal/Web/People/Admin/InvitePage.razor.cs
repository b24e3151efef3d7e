using Microsoft.AspNetCore.Components;
using SupportPortal.Application.People;
using SupportPortal.Domain;
using SupportPortal.Web.Shell;

namespace SupportPortal.Web.People.Admin;

/// <summary>Makes accounts for people who then choose a password. Of many, one that is refused stops no other.</summary>
public sealed partial class InvitePage(PeopleAdministration administration, PeopleQueries queries, PeopleDirectory directory, AccountLetters letters, AccountLinks links, NavigationManager navigation)
{
    private const int MostOrganisations = 200;

    private readonly InviteDraft _draft = new();
    private readonly List<LinkOffered> _invited = [];
    private readonly List<(string Email, string Why)> _refused = [];
    private IReadOnlyList<string> _organisations = [];
    private IReadOnlyList<string> _teams = [];
    private FieldErrors _errors = FieldErrors.None;
    private ElementReference _problems;
    private ElementReference _news;
    private bool _inviting;
    private bool _toProblems;
    private bool _toNews;

    protected override async Task OnInitializedAsync()
    {
        _organisations = await queries.OrganisationsAsync(await MeAsync(), MostOrganisations, Leaving);
        _teams = [.. (await directory.TeamsAsync(Leaving)).Select(team => team.Name)];
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        var (toProblems, toNews) = (_toProblems, _toNews);
        (_toProblems, _toNews) = (false, false);
        if (toProblems) await _problems.FocusAsync();
        else if (toNews) await _news.FocusAsync();
    }

    private async Task InviteAsync()
    {
        if (_inviting) return;
        _inviting = true;
        try
        {
            var (people, refusals) = _draft.Read();
            _invited.Clear();
            _refused.Clear();
            _errors = new FieldErrors(refusals);
            foreach (var person in people)
            {
                if (!await InviteAsync(person)) break;
            }

            if (_errors.Count == 0 && people.Count > 0) (_draft.Addresses, _draft.Name) = (string.Join('\n', _refused.Select(one => one.Email)), _refused.Count == 0 ? "" : _draft.Name);
            (_toProblems, _toNews) = (_errors.Count > 0 || _refused.Count > 0, _invited.Count > 0);
        }
        finally
        {
            _inviting = false;
        }
    }

    /// <summary>Answers whether to go on: what is wrong with all of them is said once.</summary>
    private async Task<bool> InviteAsync(NewPerson person)
    {
        var offered = await administration.InviteAsync(Me!, person, Leaving);
        if (offered.Refused is not { } refused) _invited.Add(offered);
        else if (refused.Field == "email") _refused.Add((person.Email, refused.Message));
        else _errors = new FieldErrors([refused]);
        return _errors.Count == 0;
    }
}
