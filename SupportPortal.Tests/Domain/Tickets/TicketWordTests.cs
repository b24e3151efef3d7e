using SupportPortal.Domain.Tickets;

namespace SupportPortal.Tests.Domain.Tickets;

/// <summary>Numbers, claimed severities and the words of severities and statuses.</summary>
public sealed class TicketWordTests
{
    [Theory]
    [InlineData(Impact.ProductionStopped, Workaround.None, Severity.Critical)]
    [InlineData(Impact.ProductionStopped, Workaround.ShortTerm, Severity.High)]
    [InlineData(Impact.ProductionStopped, Workaround.Suitable, Severity.Normal)]
    [InlineData(Impact.DataLoss, Workaround.None, Severity.Critical)]
    [InlineData(Impact.DataLoss, Workaround.ShortTerm, Severity.High)]
    [InlineData(Impact.DataLoss, Workaround.Suitable, Severity.Normal)]
    [InlineData(Impact.MajorFeatureDegraded, Workaround.None, Severity.High)]
    [InlineData(Impact.MajorFeatureDegraded, Workaround.ShortTerm, Severity.High)]
    [InlineData(Impact.MajorFeatureDegraded, Workaround.Suitable, Severity.Normal)]
    [InlineData(Impact.PartialOrMinor, Workaround.None, Severity.Normal)]
    [InlineData(Impact.PartialOrMinor, Workaround.ShortTerm, Severity.Normal)]
    [InlineData(Impact.PartialOrMinor, Workaround.Suitable, Severity.Normal)]
    public void The_customers_words_amount_to_a_severity(Impact impact, Workaround workaround, Severity claimed) =>
        Assert.Equal(claimed, ClaimedSeverity.From(impact, workaround));

    [Theory]
    [InlineData("SUP-10001", 10001)]
    [InlineData("sup-10001", 10001)]
    [InlineData(" 10001 ", 10001)]
    public void A_number_is_read_as_people_write_it(string text, long id)
    {
        Assert.True(TicketNumber.TryParse(text, out var number));
        Assert.Equal((id, "SUP-10001"), (number.Id, number.ToString()));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("SUP-")]
    [InlineData("SUP--1")]
    [InlineData("-10001")]
    [InlineData("SUP-10001x")]
    [InlineData("SUP- 10001")]
    [InlineData("TIC-10001")]
    [InlineData("SUP-99999999999999999999")]
    [InlineData("SUP-\u0661")]
    public void What_is_no_number_is_not_read(string? text) => Assert.False(TicketNumber.TryParse(text, out _));

    [Fact]
    public void Severities_and_statuses_have_the_contracts_words()
    {
        Assert.Equal(
            ["Severity 1 – Critical", "Severity 2 – High", "Severity 3 – Normal"], Enum.GetValues<Severity>().Select(severity => severity.Title));
        Assert.Equal(
            [("New", true), ("In progress", true), ("Waiting on customer", true), ("Resolution proposed", true), ("Resolved", false), ("Closed", false)],
            Enum.GetValues<TicketStatus>().Select(status => (status.Title, status.IsOpen)));
        Assert.True(Severity.Critical.IsGraverThan(Severity.High));
        Assert.False(Severity.High.IsGraverThan(Severity.High));
    }
}
