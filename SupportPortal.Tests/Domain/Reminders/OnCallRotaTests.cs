namespace SupportPortal.Tests.Domain.Reminders;

/// <summary>Who is on call when.</summary>
public sealed class OnCallRotaTests
{
    private const string Weeks = "Mon 09:00-Mon 09:00 ada,bob,cy since 2026-01-05";
    private const string Split = "Mon 09:00-Fri 17:00 ada,bob since 2026-01-07; Fri 17:00-Mon 09:00 cy";

    [Theory]
    [InlineData("2026-01-05 08:59", "cy")] // before the first turn they go round all the same
    [InlineData("2026-01-05 09:00", "ada")]
    [InlineData("2026-01-12 08:59", "ada")]
    [InlineData("2026-01-12 09:00", "bob")]
    [InlineData("2026-01-19 09:00", "cy")]
    [InlineData("2026-01-26 09:00", "ada")]
    [InlineData("2025-12-22 09:00", "bob")]
    public void People_take_turns_week_by_week(string at, string person) => AssertOnCall(Weeks, at, person);

    [Theory]
    [InlineData("2026-01-16 16:59", "ada")] // the first weekday shift on or after Wednesday 7 January is Monday 12's
    [InlineData("2026-01-16 17:00", "cy")]
    [InlineData("2026-01-19 08:59", "cy")]
    [InlineData("2026-01-19 09:00", "bob")]
    [InlineData("2026-01-08 12:00", "bob")]
    public void Shifts_share_a_week(string at, string person) => AssertOnCall(Split, at, person);

    [Theory]
    [InlineData("2026-01-06 08:59", "ada")]
    [InlineData("2026-01-06 09:00", "dee")]
    [InlineData("2026-01-06 11:59", "dee")]
    [InlineData("2026-01-06 12:00", "eve")]
    [InlineData("2026-01-14 12:00", "ada")] // over a handover
    [InlineData("2026-01-15 12:00", "bob")]
    public void An_override_stands_in(string at, string person)
    {
        var rota = SomeRota.Of(Weeks, "2026-01-10T00:00 to 2026-01-15T00:00 ada; 2026-01-06T12:00 to 2026-01-07T00:00 eve; 2026-01-06T09:00 to 2026-01-06T12:00 dee");
        Assert.Equal(person, rota.At(rota.When(at)));
    }

    [Theory]
    [InlineData("Europe/Berlin", "Sun 02:30-Sun 02:30 ada,bob since 2026-03-22", "2026-03-29 01:59", "ada")] // 02:30 does not exist: 03:30
    [InlineData("Europe/Berlin", "Sun 02:30-Sun 02:30 ada,bob since 2026-03-22", "2026-03-29 03:29", "ada")]
    [InlineData("Europe/Berlin", "Sun 02:30-Sun 02:30 ada,bob since 2026-03-22", "2026-03-29 03:30", "bob")]
    [InlineData("Europe/Berlin", "Sun 02:30-Sun 02:30 ada,bob since 2026-10-18", "2026-10-25 02:29", "ada")] // 02:30 exists twice: the first time
    [InlineData("Europe/Berlin", "Sun 02:30-Sun 02:30 ada,bob since 2026-10-18", "2026-10-25 02:30", "bob")]
    [InlineData("Europe/Berlin", "Sun 02:30-Sun 02:30 ada,bob since 2026-10-18", "2026-10-25 02:15 again", "bob")]
    [InlineData("Europe/Berlin", "Sun 02:30-Sun 02:45 ada; Sun 02:45-Sun 03:00 bob; Sun 03:00-Sun 02:30 cy", "2026-03-29 03:45", "cy")] // swallowed by the gap
    [InlineData("Europe/Berlin", "Sun 02:30-Sun 02:45 ada; Sun 02:45-Sun 03:00 bob; Sun 03:00-Sun 02:30 cy", "2026-03-29 03:00", "cy")]
    [InlineData("Australia/Lord_Howe", "Sun 02:15-Sun 02:15 ada,bob since 2026-09-27", "2026-10-04 02:44", "ada")] // a gap of half an hour
    [InlineData("Australia/Lord_Howe", "Sun 02:15-Sun 02:15 ada,bob since 2026-09-27", "2026-10-04 02:45", "bob")]
    [InlineData("Pacific/Apia", "Fri 09:00-Fri 09:00 ada,bob since 2011-12-23", "2011-12-31 08:59", "ada")] // there was no 30 December
    [InlineData("Pacific/Apia", "Fri 09:00-Fri 09:00 ada,bob since 2011-12-23", "2011-12-31 09:00", "bob")]
    public void A_handover_at_a_wall_time_that_is_missing_or_double(string zone, string shifts, string at, string person)
    {
        var rota = SomeRota.Of(shifts, zone: zone);
        Assert.Equal(person, rota.At(rota.When(at)));
    }

    [Theory]
    [InlineData("2026-10-25 02:15", "bob")]
    [InlineData("2026-10-25 02:15 again", "bob")]
    [InlineData("2026-10-25 02:45", "bob")]
    [InlineData("2026-10-25 02:45 again", "ada")]
    [InlineData("2026-10-25 01:59", "ada")]
    public void An_override_covers_both_of_a_doubled_hour(string at, string person)
    {
        var rota = SomeRota.Of("Mon 09:00-Mon 09:00 ada", "2026-10-25T02:00 to 2026-10-25T02:30 bob", "Europe/Berlin");
        Assert.Equal(person, rota.At(rota.When(at)));
    }

    [Fact]
    public void It_tells_until_when_and_who_is_next()
    {
        var rota = SomeRota.Of("Mon 09:00-Mon 09:00 ada,ada,bob since 2026-01-05", "2026-01-21T00:00 to 2026-01-22T00:00 ada");
        var now = rota.Now(rota.When("2026-01-06 10:00"));
        Assert.Equal(("ada", "2026-01-19 09:00", "bob"), (now.Person, rota.Told(now.Until!.Value), now.Next));
        now = rota.Now(now.Until.Value);
        Assert.Equal(("bob", "2026-01-21 00:00", "ada"), (now.Person, rota.Told(now.Until!.Value), now.Next));
        Assert.Equal(new("ada", null, null), SomeRota.Of("Mon 09:00-Mon 09:00 ada").Now(rota.When("2026-01-06 10:00")));
    }

    [Fact]
    public void It_tells_the_weeks_ahead()
    {
        var rota = SomeRota.Of(Split, "2026-01-14T12:00 to 2026-01-14T18:00 dee", "Asia/Kolkata");
        var duties = rota.Duties(rota.When("2026-01-13 00:00"), rota.When("2026-01-20 00:00"));
        Assert.Equal(
            [
                "2026-01-13 00:00 to 2026-01-14 12:00 ada", "2026-01-14 12:00 to 2026-01-14 18:00 dee, an override", "2026-01-14 18:00 to 2026-01-16 17:00 ada",
                "2026-01-16 17:00 to 2026-01-19 09:00 cy", "2026-01-19 09:00 to 2026-01-20 00:00 bob",
            ],
            duties.Select(duty => $"{rota.Told(duty.From)} to {rota.Told(duty.Until)} {duty.Person}{(duty.IsOverride ? ", an override" : "")}"));
    }

    private static void AssertOnCall(string shifts, string at, string person)
    {
        var rota = SomeRota.Of(shifts);
        Assert.Equal(person, rota.At(rota.When(at)));
    }
}
