using System.Text.Json;
using System.Text.Json.Nodes;
using SupportPortal.Domain.Calendars;

namespace SupportPortal.Tests.Domain.Calendars;

/// <summary>Each row changes a good calendar, in the JSON of the API, and names the fields that are refused for it.</summary>
public sealed class CalendarRefusalTests
{
    private const string Good = """{"name": "Office", "timeZone": "Europe/Berlin", "hours": {"monday": ["09:00-17:00"]}, "holidays": []}""";

    [Theory]
    [InlineData("""{"name": " "}""", "name")]
    [InlineData("""{"name": null}""", "name")]
    [InlineData("""{"name": "RoundTheClock"}""", "name")]
    [InlineData("""{"timeZone": "Mars/Olympus_Mons"}""", "timeZone")]
    [InlineData("""{"timeZone": "UTC+03"}""", "timeZone")]
    [InlineData("""{"timeZone": ""}""", "timeZone")]
    [InlineData("""{"timeZone": null}""", "timeZone")]
    [InlineData("""{"hours": {}}""", "hours")]
    [InlineData("""{"hours": null}""", "hours")]
    [InlineData("""{"hours": {"monday": [], "friday": null}}""", "hours")]
    [InlineData("""{"hours": {}, "holidays": [{"date": "2026-12-24", "hours": ["09:00-12:00"]}]}""", "hours")]
    [InlineData("""{"hours": {"monday": ["09:00-17:00"], "funday": ["09:00-17:00"]}}""", "hours.funday")]
    [InlineData("""{"hours": {"Monday": ["09:00-17:00"]}}""", "hours.Monday")]
    [InlineData("""{"hours": {"monday": ["09:00-25:00"]}}""", "hours.monday[0]")]
    [InlineData("""{"hours": {"monday": ["24:00-25:00"]}}""", "hours.monday[0]")]
    [InlineData("""{"hours": {"monday": ["24:00-08:00"]}}""", "hours.monday[0]")]
    [InlineData("""{"hours": {"monday": ["09:00-24:01"]}}""", "hours.monday[0]")]
    [InlineData("""{"hours": {"monday": ["08:00-09:00", "09:60-17:00"]}}""", "hours.monday[1]")]
    [InlineData("""{"hours": {"monday": ["9:00-17:00"]}}""", "hours.monday[0]")]
    [InlineData("""{"hours": {"monday": ["09:00 17:00"]}}""", "hours.monday[0]")]
    [InlineData("""{"hours": {"monday": ["-9:00-17:00"]}}""", "hours.monday[0]")]
    [InlineData("""{"hours": {"monday": [null, "", "closed"]}}""", "hours.monday[0], hours.monday[1], hours.monday[2]")]
    [InlineData("""{"hours": {"monday": ["09:00-09:00"]}}""", "hours.monday[0]")]
    [InlineData("""{"hours": {"monday": ["00:00-00:00"]}}""", "hours.monday[0]")]
    [InlineData("""{"hours": {"monday": ["09:00-13:00", "12:00-17:00"]}}""", "hours.monday[1]")]
    [InlineData("""{"hours": {"monday": ["12:00-17:00", "09:00-13:00"]}}""", "hours.monday[0]")]
    [InlineData("""{"hours": {"monday": ["09:00-17:00", "09:00-17:00"]}}""", "hours.monday[1]")]
    [InlineData("""{"hours": {"monday": ["09:00-17:00", "10:00-11:00", "16:00-18:00"]}}""", "hours.monday[1], hours.monday[2]")]
    [InlineData("""{"hours": {"monday": ["22:00-06:00"], "tuesday": ["05:59-09:00"]}}""", "hours.tuesday[0]")]
    [InlineData("""{"hours": {"sunday": ["22:00-06:00"], "monday": ["05:00-09:00"]}}""", "hours.monday[0]")]
    [InlineData("""{"hours": {"monday": ["00:00-00:30","01:00-01:30","02:00-02:30","03:00-03:30","04:00-04:30","05:00-05:30","06:00-06:30","07:00-07:30","08:00-08:30","09:00-09:30","10:00-10:30","11:00-11:30","12:00-12:30"]}}""", "hours.monday")]
    [InlineData("""{"holidays": [null]}""", "holidays[0].date")]
    [InlineData("""{"holidays": [{"date": "2026-12-25"}, {"date": "25.12.2026"}, {"date": "2026-02-29"}]}""", "holidays[1].date, holidays[2].date")]
    [InlineData("""{"holidays": [{"date": "2026-12-25"}, {"date": "2026-12-25"}]}""", "holidays[1].date")]
    [InlineData("""{"holidays": [{"date": "1899-12-31"}, {"date": "2200-01-01"}]}""", "holidays[0].date, holidays[1].date")]
    [InlineData("""{"holidays": [{"date": "2026-12-24", "hours": ["09:00-25:00"]}]}""", "holidays[0].hours[0]")]
    [InlineData("""{"holidays": [{"date": "2026-12-24", "hours": ["09:00-12:00", "11:00-13:00"]}]}""", "holidays[0].hours[1]")]
    [InlineData("""{"workdayLength": ""}""", "workdayLength")]
    [InlineData("""{"workdayLength": "8h"}""", "workdayLength")]
    [InlineData("""{"workdayLength": "PT"}""", "workdayLength")]
    [InlineData("""{"workdayLength": "P1D"}""", "workdayLength")]
    [InlineData("""{"workdayLength": "PT0H"}""", "workdayLength")]
    [InlineData("""{"workdayLength": "PT-8H"}""", "workdayLength")]
    [InlineData("""{"workdayLength": "PT24H1S"}""", "workdayLength")]
    [InlineData("""{"workdayLength": "PT99999999999999999999H"}""", "workdayLength")]
    [InlineData("""{"name": "", "timeZone": "x", "hours": {"monday": ["x"]}, "workdayLength": "x"}""", "name, timeZone, hours.monday[0], workdayLength")]
    public void A_calendar_is_refused_with_the_field_named(string change, string fields)
    {
        var (calendar, refusals) = BusinessCalendar.Create(Changed(change));
        Assert.Null(calendar);
        Assert.Equal(fields, string.Join(", ", refusals.Select(refusal => refusal.Field)));
        Assert.All(refusals, refusal => Assert.EndsWith(".", refusal.Message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("""{"timeZone": "UTC"}""")]
    [InlineData("""{"hours": {"monday": ["00:00-24:00"], "tuesday": ["00:00-24:00"]}}""")]
    [InlineData("""{"hours": {"monday": ["22:00-06:00"], "tuesday": ["06:00-09:00", "22:00-00:00"]}}""")]
    [InlineData("""{"hours": {"sunday": ["22:00-06:00"], "monday": ["06:00-09:00", "09:00-12:00"]}}""")]
    [InlineData("""{"hours": {"sunday": ["12:00-11:59"]}}""")]
    [InlineData("""{"holidays": null}""")]
    [InlineData("""{"holidays": [{"date": "2026-12-24", "hours": []}, {"date": "2026-12-25", "hours": null}]}""")]
    [InlineData("""{"holidays": [{"date": "2026-12-24", "hours": ["22:00-10:00"]}]}""")] // into the next date's window: counts once
    [InlineData("""{"workdayLength": "PT24H"}""")]
    [InlineData("""{"workdayLength": null}""")]
    public void A_calendar_is_accepted(string change) => Assert.Equal("Office", SomeCalendar.Of(Changed(change)).Name);

    [Fact]
    public void A_refusal_tells_the_person_what_to_write()
    {
        var (_, refusals) = BusinessCalendar.Create(Changed("""{"hours": {"monday": ["25:00-26:00"], "sunday": ["20:00-06:00"], "saturday": ["22:00-20:30"]}}"""));
        Assert.Equal(
            [
                new("hours.monday[0]", "\"25:00-26:00\" is not a window such as 09:00-17:00: write both times as HH:mm, from 00:00 to 24:00."),
                new SupportPortal.Domain.Refusal("hours.sunday[0]", "20:00-06:00 overlaps 22:00-20:30 (hours.saturday[0])."),
            ],
            refusals);
    }

    [Fact]
    public void A_calendar_survives_JSON_unchanged()
    {
        const string json = """{"name":"Nights","timeZone":"Europe/Berlin","workdayLength":"PT4H","hours":{"sunday":["22:00-06:00"],"monday":["09:00-12:00","13:00-24:00"]},"holidays":[{"date":"2026-12-25","hours":null},{"date":"2026-12-24","hours":["09:00-12:00"]}]}""";
        var spec = JsonSerializer.Deserialize<CalendarSpec>(json, JsonSerializerOptions.Web)!;
        Assert.Equal(json, JsonSerializer.Serialize(SomeCalendar.Of(spec).Spec, JsonSerializerOptions.Web));
    }

    private static CalendarSpec Changed(string change)
    {
        var calendar = JsonNode.Parse(Good)!.AsObject();
        foreach (var (field, value) in JsonNode.Parse(change)!.AsObject()) calendar[field] = value?.DeepClone();
        return calendar.Deserialize<CalendarSpec>(JsonSerializerOptions.Web)!;
    }
}
