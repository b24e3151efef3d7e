using Bunit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using NodaTime;
using SupportPortal.Tests.Support;
using SupportPortal.Web.Tickets;

namespace SupportPortal.Tests.Web.Tickets;

public sealed class CountdownTests : BunitContext
{
    private readonly FakeTimeProvider _clock = new(TestDatabase.Monday);

    public CountdownTests() => Services.AddSingleton<TimeProvider>(_clock);

    private Instant Now => Instant.FromDateTimeOffset(_clock.GetUtcNow());

    [Fact]
    public void It_hands_the_browser_the_due_instant_and_says_it_in_words_for_those_without_script() =>
        Render<Countdown>(p => p.Add(c => c.Label, "First response").Add(c => c.Due, Now + Duration.FromMinutes(312)).Add(c => c.Since, Now))
            .MarkupMatches("""
                <sla-countdown role="timer" aria-label="First response" prefix="First response" since="2030-01-07T09:00:00Z" due="2030-01-07T14:12:00Z">
                    First response due in 5 h 12 min
                </sla-countdown>
                """);

    [Fact]
    public void Short_leaves_the_label_to_the_screen_reader() =>
        Render<Countdown>(p => p.Add(c => c.Label, "Next update").Add(c => c.Due, Now - Duration.FromMinutes(3)).Add(c => c.Short, true))
            .MarkupMatches("""<sla-countdown role="timer" aria-label="Next update" due="2030-01-07T08:57:00Z">overdue by 3 min</sla-countdown>""");

    [Fact]
    public void Fractions_of_a_second_are_kept() =>
        Assert.Equal("2030-01-07T09:00:00.25Z",
            Render<Countdown>(p => p.Add(c => c.Label, "Next update").Add(c => c.Due, Now + Duration.FromMilliseconds(250))).Find("sla-countdown").GetAttribute("due"));

    [Fact]
    public void Nothing_due_is_said_in_words() =>
        Render<Countdown>(p => p.Add(c => c.Label, "Next update").Add(c => c.Due, null)).MarkupMatches("""<span class="faint">Nothing is owed now</span>""");
}
