using System.Net;
using System.Text.Json;

namespace SupportPortal.Tests.Web.Api;

public sealed class SlaCallTests(ApiPortal portal)
{
    [Fact]
    public async Task The_policy_in_force_is_told_in_the_shape_that_the_preview_takes()
    {
        var customer = await portal.CustomerAsync();
        var policy = await customer.GetAsync("/api/v1/sla/policy");
        Assert.Equal((HttpStatusCode.OK, "Standard"), (policy.Status, policy["name"]));
        Assert.Equal("""{"metric":"firstResponse","target":"PT1H","clock":"roundTheClock","pausedWhileWaiting":false,"reminders":[0.5,0.25,0]}""",
            policy.Json.GetProperty("severities")[0].GetProperty("targets")[0].GetRawText());

        var preview = await customer.PostAsync("/api/v1/sla/preview", $$"""
            {"policy": {{policy.Json.GetRawText()}}, "now": "2026-03-02T12:00:00Z", "events": [
              {"type": "reported", "at": "2026-03-02T10:00:00Z"},
              {"type": "severityChanged", "severity": 1, "at": "2026-03-02T10:20:00Z"},
              {"type": "staffReply", "at": "2026-03-02T10:40:00Z"},
              {"type": "workStarted", "at": "2026-03-02T11:05:00Z"}]}
            """);
        Assert.Equal(
            """
            {"clocks":[{"metric":"firstResponse","startedAt":"2026-03-02T10:00:00Z","dueAt":"2026-03-02T11:00:00Z","stoppedAt":"2026-03-02T11:05:00Z","state":"breached","lateBySeconds":300,"missed":null},
            {"metric":"periodicUpdate","startedAt":"2026-03-02T11:05:00Z","dueAt":"2026-03-02T11:35:00Z","stoppedAt":null,"state":"breached","lateBySeconds":1500,"missed":1}]}
            """.ReplaceLineEndings(""),
            preview.Json.GetRawText());
    }

    [Theory]
    [InlineData("{", HttpStatusCode.BadRequest)]
    [InlineData("""{"events": 7, "now": "2026-03-02T12:00:00Z"}""", HttpStatusCode.UnprocessableEntity)]
    [InlineData("""{"events": [{"type": "magic", "at": "2026-03-02T10:00:00Z"}], "now": "2026-03-02T12:00:00Z"}""", HttpStatusCode.UnprocessableEntity)]
    [InlineData("""{"events": [{"type": "reported", "at": "9999-12-31T23:59:59-10:00"}], "now": "9999-12-31T23:59:59-10:00"}""", HttpStatusCode.UnprocessableEntity)]
    [InlineData("""{"events": [{"type": "reported", "at": "2026-03-02T10:00:00Z"}], "now": "2026-03-01T12:00:00Z"}""", HttpStatusCode.UnprocessableEntity)]
    public async Task A_history_that_cannot_be_folded_is_refused_with_its_field(string body, HttpStatusCode expected)
    {
        var answer = await (await portal.CustomerAsync()).PostAsync("/api/v1/sla/preview", body);
        Assert.Equal((expected, "application/problem+json"), (answer.Status, answer.ContentType));
        if (expected == HttpStatusCode.UnprocessableEntity) Assert.NotEmpty(answer.Errors);
        Assert.DoesNotContain("Json", answer.Json.GetRawText(), StringComparison.Ordinal);
    }
}
