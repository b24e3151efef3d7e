using System.Text.Json;
using NodaTime;
using SupportPortal.Application.Sla;
using SupportPortal.Domain.Sla;
using SupportPortal.Domain.Tickets;

namespace SupportPortal.Tests.Application.Sla;

/// <summary>How the contract spells instants, lengths, severities and words, and what it says to what it cannot read.</summary>
public sealed class SlaJsonTests
{
    [Theory]
    [InlineData("2026-11-22T10:00:00Z", "2026-11-22T10:00:00Z")]
    [InlineData("2026-11-22T10:00Z", "2026-11-22T10:00:00Z")]
    [InlineData("2026-11-22T11:00:00.5+01:00", "2026-11-22T10:00:00.5Z")]
    [InlineData("2026-11-22T10:00:00.1234569Z", "2026-11-22T10:00:00.123456Z")]
    public void An_instant_is_read_to_the_microsecond_and_written_in_UTC(string given, string written)
    {
        Assert.True(SlaJson.TryReadInstant(given, out var instant));
        Assert.Equal(written, instant.Text());
        Assert.Equal($"\"{written}\"", JsonSerializer.Serialize(instant, SlaJson.Options));
        Assert.Equal(instant, JsonSerializer.Deserialize<Instant>($"\"{given}\"", SlaJson.Options));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("2026-11-22")]
    [InlineData("2026-11-22T10:00:00")]
    [InlineData("2026-11-22T25:00:00Z")]
    [InlineData("22.11.2026 10:00")]
    public void What_is_no_instant_is_not_read(string? given) => Assert.False(SlaJson.TryReadInstant(given, out _));

    [Fact]
    public void Words_are_camelCase_severities_numbers_lengths_ISO() =>
        Assert.Equal("""{"state":"owed","severity":2,"target":"P1DT4H"}""",
            JsonSerializer.Serialize(new { State = SlaClockState.Owed, Severity = Severity.High, Target = new TargetLength(1, Duration.FromHours(4)) }, SlaJson.Options));

    [Theory]
    [InlineData("""{"events":[{"severity":"one"}]}""", "events[0].severity", "This has the wrong form; see the API's reference.")]
    [InlineData("""{"events":[{"at":5}]}""", "events[0].at", "This has the wrong form; see the API's reference.")]
    [InlineData("""{"events":{}}""", "events", "This has the wrong form; see the API's reference.")]
    [InlineData("""[]""", "", "This has the wrong form; see the API's reference.")]
    public void A_value_of_the_wrong_form_names_its_field(string request, string field, string message)
    {
        var problem = Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<PreviewRequest>(request, SlaJson.Options));
        Assert.Equal(new(field, message), SlaJson.RefusalOf(problem));
    }

    [Theory]
    [InlineData("""{"severity":4}""", "severity", "The severity is 1, 2 or 3.")]
    [InlineData("""{"severity":"1"}""", "severity", "The severity is 1, 2 or 3.")]
    [InlineData("""{"impactSince":"soon"}""", "impactSince", "Write an instant such as 2026-11-22T10:00:00Z.")]
    [InlineData("""{"target":"soon"}""", "target", "Write a length such as PT6H or P1D, longer than nothing and at most ten years.")]
    public void A_value_of_our_own_says_what_is_wanted(string request, string field, string message)
    {
        var problem = Assert.ThrowsAny<JsonException>(() => JsonSerializer.Deserialize<Grading>(request, SlaJson.Options));
        Assert.Equal(new(field, message), SlaJson.RefusalOf(problem));
    }

    [Fact]
    public void What_is_no_JSON_names_no_field()
    {
        var problem = Assert.ThrowsAny<JsonException>(() => JsonSerializer.Deserialize<Grading>("{\"severity\":", SlaJson.Options));
        Assert.Null(SlaJson.RefusalOf(problem));
    }

    private sealed record Grading(Severity Severity, Instant? ImpactSince, TargetLength? Target);
}
