using SupportPortal.Domain.Reminders;

namespace SupportPortal.Tests.Domain.Reminders;

/// <summary>A rota that leaves somebody in the dark is refused, at the field, and says where.</summary>
public sealed class OnCallRefusalTests
{
    [Theory]
    [InlineData("Mon 09:00-Fri 17:00 ada", "shifts[0].until: Nobody is on call from Fri 17:00 to Mon 09:00.")]
    [InlineData("Mon 09:00-Tue 09:00 ada; Wed 09:00-Thu 09:00 bob",
        "shifts[1].until: Nobody is on call from Thu 09:00 to Mon 09:00. | shifts[0].until: Nobody is on call from Tue 09:00 to Wed 09:00.")]
    [InlineData("Fri 17:00-Mon 09:00 ada; Mon 09:30-Fri 17:00 bob", "shifts[0].until: Nobody is on call from Mon 09:00 to Mon 09:30.")]
    [InlineData("Sat 00:00-Wed 12:00 ada; Tue 00:00-Wed 00:00 bob", // the end that counts is the later one's
        "shifts[1].from: Shift 2 (Tue 00:00 to Wed 00:00) overlaps shift 1 (Sat 00:00 to Wed 12:00): two would be on call from Tue 00:00 to Wed 00:00. | shifts[0].until: Nobody is on call from Wed 12:00 to Sat 00:00.")]
    public void A_gap_is_named(string shifts, string refusals) => AssertRefused(SomeRota.Spec(shifts), refusals);

    [Theory]
    [InlineData("Mon 09:00-Fri 17:00 ada; Fri 16:00-Mon 09:00 bob",
        "shifts[1].from: Shift 2 (Fri 16:00 to Mon 09:00) overlaps shift 1 (Mon 09:00 to Fri 17:00): two would be on call from Fri 16:00 to Fri 17:00.")]
    [InlineData("Mon 09:00-Fri 17:00 ada; Fri 17:00-Mon 10:00 bob",
        "shifts[0].from: Shift 1 (Mon 09:00 to Fri 17:00) overlaps shift 2 (Fri 17:00 to Mon 10:00): two would be on call from Mon 09:00 to Mon 10:00.")]
    [InlineData("Mon 09:00-Mon 09:00 ada; Mon 09:00-Mon 09:00 bob",
        "shifts[1].from: Shift 2 (Mon 09:00 to Mon 09:00) overlaps shift 1 (Mon 09:00 to Mon 09:00): two would be on call from Mon 09:00 to Mon 09:00.")]
    [InlineData("Mon 09:00-Mon 09:00 ada; Wed 12:00-Wed 13:00 bob",
        "shifts[1].from: Shift 2 (Wed 12:00 to Wed 13:00) overlaps shift 1 (Mon 09:00 to Mon 09:00): two would be on call from Wed 12:00 to Wed 13:00.")]
    public void An_overlap_names_both_and_the_span(string shifts, string refusals) => AssertRefused(SomeRota.Spec(shifts), refusals);

    [Theory]
    [InlineData("2026-01-06T12:00 to 2026-01-06T09:00 bob", "overrides[0].until: It ends before it begins: 6 Jan 2026, 09:00 is not after 6 Jan 2026, 12:00.")]
    [InlineData("2026-01-06T12:00 to 2026-01-06T12:00 bob", "overrides[0].until: It ends before it begins: 6 Jan 2026, 12:00 is not after 6 Jan 2026, 12:00.")]
    [InlineData("2026-01-06T12:00 to 2026-01-06T18:00 bob; 2026-01-06T09:00 to 2026-01-06T13:00 cy",
        "overrides[0].from: Override 1 overlaps override 2: two would stand in from 6 Jan 2026, 12:00 to 6 Jan 2026, 13:00.")]
    [InlineData("2026-01-06T12:00 to 2026-01-06T18:00", "overrides[0].person: Say who stands in.")]
    [InlineData("tomorrow to 2026-02-30T12:00 bob", "overrides[0].from: “tomorrow” is not a date and a time; write it as 2026-12-24T09:00. | overrides[0].until: “2026-02-30T12:00” is not a date and a time; write it as 2026-12-24T09:00.")]
    [InlineData("9999-12-31T00:00 to 9999-12-31T12:00 bob", "overrides[0].from: “9999-12-31T00:00” is not a date and a time; write it as 2026-12-24T09:00. | overrides[0].until: “9999-12-31T12:00” is not a date and a time; write it as 2026-12-24T09:00.")]
    public void A_bad_override_is_named(string overrides, string refusals) => AssertRefused(SomeRota.Spec("Mon 09:00-Mon 09:00 ada", overrides), refusals);

    [Theory]
    [InlineData("Mon 09:00-Mon 09:00 -", "UTC", "shifts[0].people: Say who has this shift.")]
    [InlineData("Mon 09:00-Mon 09:00 ada,,bob since 2026-01-05", "UTC", "shifts[0].people[1]: Choose a person.")]
    [InlineData("Mon 09:00-Mon 09:00 ada,bob", "UTC", "shifts[0].since: Say from which date the people take turns.")]
    [InlineData("Mon 09:00-Mon 09:00 ada since 2026-02-30", "UTC", "shifts[0].since: “2026-02-30” is not a date; write it as 2026-01-05.")]
    [InlineData("Mon 25:00-Mon 9:00 ada", "UTC", "shifts[0].from: “25:00” is not a time; write it as 09:00. | shifts[0].until: “9:00” is not a time; write it as 09:00.")]
    [InlineData("Mon 09:00-Mon 09:00 ada", "Europe/Atlantis", "timeZone: “Europe/Atlantis” is not a time zone; write an IANA name such as Europe/Berlin.")]
    [InlineData("Mon 09:00-Mon 09:00 ada", "UTC+03", "timeZone: “UTC+03” is not a time zone; write an IANA name such as Europe/Berlin.")]
    [InlineData("", "UTC", "shifts: Nobody is on call: add a shift.")]
    public void A_bad_shift_is_named(string shifts, string zone, string refusals) => AssertRefused(SomeRota.Spec(shifts, zone: zone), refusals);

    [Fact]
    public void A_weekday_that_is_none_is_named() =>
        AssertRefused(new OnCallSpec { Shifts = [new() { FromDay = "funday", People = ["ada"] }] }, "shifts[0].fromDay: “funday” is not a weekday; write monday, tuesday and so on.");

    [Fact]
    public void Lists_have_an_end()
    {
        var (_, refusals) = OnCallRota.Create(new OnCallSpec
        {
            Shifts = [.. Enumerable.Repeat(new OnCallShiftSpec { People = [.. Enumerable.Repeat("ada", 51)], Since = "2026-01-05" }, 51)],
            Overrides = [.. Enumerable.Repeat(new OnCallOverrideSpec { From = "2026-01-06T12:00", Until = "2026-01-06T13:00", Person = "bob" }, 201)],
        });
        Assert.Contains(new("shifts", "A rota has at most 50 shifts."), refusals);
        Assert.Contains(new("shifts[0].people", "A shift has at most 50 people."), refusals);
        Assert.Contains(new("overrides", "A rota has at most 200 overrides."), refusals);
    }

    private static void AssertRefused(OnCallSpec spec, string refusals)
    {
        var (rota, refused) = OnCallRota.Create(spec);
        Assert.Null(rota);
        Assert.Equal(refusals, string.Join(" | ", refused.Select(refusal => $"{refusal.Field}: {refusal.Message}")));
    }
}
