using System.Globalization;
using Microsoft.AspNetCore.Components;
using NodaTime;
using SupportPortal.Application.People;
using SupportPortal.Domain;
using SupportPortal.Web.Tickets;

namespace SupportPortal.Web.People.Admin;

/// <summary>Everybody's API tokens. Its address is its filter.</summary>
public sealed partial class TokensPage(TokenAdministration administration, NavigationManager navigation, ViewerZone viewer, TimeProvider clock)
{
    private const int PageSize = 50;

    private IReadOnlyList<OwnedToken>? _tokens;
    private DateTimeZone _zone = DateTimeZone.Utc;
    private ApiToken? _asked;
    private Instant _now;
    private string? _done;
    private (string? Owner, string? Before)? _shown;
    private bool _hasMore;

    [SupplyParameterFromQuery]
    public string? Owner { get; set; }

    /// <summary>As the address has it: anybody can write one.</summary>
    [SupplyParameterFromQuery]
    public string? Before { get; set; }

    protected override async Task OnParametersSetAsync()
    {
        if (_shown == (Owner, Before)) return;
        _shown = (Owner, Before);
        _done = null;
        await ShowAsync();
    }

    private async Task ShowAsync()
    {
        var asked = (Owner, Before);
        var me = await MeAsync();
        _zone = await viewer.FindAsync();
        var (tokens, hasMore) = await administration.ListAsync(me, Owner, int.TryParse(Before, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null, PageSize, Leaving);
        if (asked == (Owner, Before)) (_tokens, _hasMore, _now) = (tokens, hasMore, clock.Now()); // Else the address has changed meanwhile.
    }

    private async Task RevokeAsync(ApiToken token)
    {
        _asked = null;
        _done = await administration.RevokeAsync(Me!, token, Leaving) ? $"{token.Name} opens nothing any more." : "Somebody else has revoked it meanwhile.";
        await ShowAsync();
    }

    private void Go(string? owner) => navigation.NavigateTo(Address(owner));

    private static string Address(string? owner, int? before = null) => "admin/tokens" + QueryString.Create(new Dictionary<string, string?>
    {
        ["owner"] = owner,
        ["before"] = before?.ToString(CultureInfo.InvariantCulture),
    }.Where(part => !string.IsNullOrWhiteSpace(part.Value)));

    private string Say(Instant instant) => WhenWords.Say(instant, _zone, _now);
}
