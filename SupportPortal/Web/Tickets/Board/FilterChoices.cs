using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Components;
using NodaTime;
using SupportPortal.Application.Live;
using SupportPortal.Application.People;
using SupportPortal.Domain;

namespace SupportPortal.Web.Tickets.Board;

/// <summary>The organisations and services of which something is open, each as the options of a list.</summary>
public sealed record OfferedChoices(MarkupString Organisations, MarkupString Services);

/// <summary>
/// What a board can be narrowed to. Gathered and written once a minute for everybody, and only when somebody asks: a circuit that
/// has asked holds a reference, not thousands of options.
/// </summary>
public sealed class FilterChoices(OpenTickets tickets, PeopleDirectory people, TimeProvider clock)
{
    private static readonly Duration Freshness = Duration.FromMinutes(1);

    private Known? _known;

    /// <summary>The choices, a minute old at most.</summary>
    public async ValueTask<OfferedChoices> FindAsync(CancellationToken cancellation = default)
    {
        var now = clock.Now();
        if (_known is { } known && now < known.Until) return known.Choices;
        var open = tickets.Snapshot;
        var organisations = await people.OrganisationsAsync(open.All.Select(row => row.OrganisationId).OfType<int>().ToHashSet(), cancellation);
        var choices = new OfferedChoices(Options(organisations), Options(open.All.Select(row => row.Service).OfType<string>().Distinct()));
        _known = new Known(choices, now + Freshness);
        return choices;
    }

    private static MarkupString Options(IEnumerable<string> names) =>
        new(string.Concat(names.Order(StringComparer.OrdinalIgnoreCase).Select(name => $"<option value=\"{HtmlEncoder.Default.Encode(name)}\"></option>")));

    private sealed record Known(OfferedChoices Choices, Instant Until);
}
