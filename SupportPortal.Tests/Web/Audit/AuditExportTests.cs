using System.Net;
using System.Text;
using System.Text.Json;
using CsvHelper;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using SupportPortal.Application.Audit;
using SupportPortal.Application.Reports.Formats;
using SupportPortal.Application.Storage;
using SupportPortal.Domain.People;
using SupportPortal.Tests.Support;

namespace SupportPortal.Tests.Web.Audit;

/// <summary>The audit log as a file.</summary>
public sealed class AuditExportTests
{
    [Fact]
    public async Task What_the_filter_leaves_comes_as_csv_and_json_and_the_export_is_written_down()
    {
        await using var portal = new PortalServer(new FakeTimeProvider(TestDatabase.Monday));
        var root = await portal.AddPersonAsync(Role.Administrator, "root@test.example", "Rosa \"Root\", MD");
        await portal.Get<AuditLog>().WriteAsync(new Audited(AuditAct.ServiceChanged, root.ToActor(), "=HYPERLINK(\"http://evil.example\")") { Address = "192.0.2.7" });
        using var client = await portal.SignedInClientAsync(root.Email!);

        using var csv = await client.GetAsync(new Uri("/admin/audit/export?format=csv&act=servicechanged&person=ROOT%40test.example", UriKind.Relative));
        Assert.Equal(("text/csv", "audit-20300107-090000.csv"), (csv.Content.Headers.ContentType!.MediaType, csv.Content.Headers.ContentDisposition!.FileName));
        Assert.True(csv.Headers.CacheControl!.NoStore);
        Assert.Equal(
            "at,act,actorId,actor,personId,person,organisation,detail,address\r\n" +
            $"2030-01-07T09:00:00Z,ServiceChanged,{root.Id},\"Rosa \"\"Root\"\", MD\",,,,\"'=HYPERLINK(\"\"http://evil.example\"\")\",192.0.2.7\r\n",
            (await csv.Content.ReadAsStringAsync()).TrimStart('\uFEFF'));

        using var json = JsonDocument.Parse(await client.GetStringAsync(new Uri("/admin/audit/export?format=json", UriKind.Relative)));
        Assert.Equal(["Exported", "Exported", "SignedIn", "ServiceChanged", "PersonAdded"], json.RootElement.EnumerateArray().Select(e => e.GetProperty("act").GetString()));
        Assert.Equal(["The audit log as JSON, all of it.", "The audit log as CSV, narrowed by a filter."], json.RootElement.EnumerateArray().Take(2).Select(e => e.GetProperty("detail").GetString()));
    }

    [Fact]
    public async Task A_long_log_is_whole()
    {
        await using var portal = new PortalServer();
        var root = await portal.AddPersonAsync(Role.Administrator);
        await using (var db = await portal.Get<IDbContextFactory<PortalDb>>().CreateDbContextAsync())
        {
            db.AddRange(Enumerable.Range(0, 1234).Select(i => new AuditEntry { At = NodaTime.Instant.FromUtc(2029, 1, 1, 0, 0), Act = AuditAct.SignedOut, Detail = $"{i}" }));
            await db.SaveChangesAsync();
        }

        using var client = await portal.SignedInClientAsync(root.Email!);
        using var json = JsonDocument.Parse(await client.GetStringAsync(new Uri("/admin/audit/export?format=json&act=SignedOut", UriKind.Relative)));
        Assert.Equal(Enumerable.Range(0, 1234).Reverse().Select(i => $"{i}"), json.RootElement.EnumerateArray().Select(e => e.GetProperty("detail").GetString()));
    }

    [Theory]
    [InlineData("format=exe", "The format is csv or json.")]
    [InlineData("format=csv&act=Dance", "'Dance' is nothing that the log tells of.")]
    [InlineData("format=csv&act=7", "'7' is nothing that the log tells of.")]
    [InlineData("format=csv&from=9999-99-99", "'9999-99-99' is not a date such as 2030-01-07.")]
    [InlineData("format=csv&until=9999-12-31", "'9999-12-31' is not a date such as 2030-01-07.")]
    [InlineData("format=csv&from=2030-01-08&until=2030-01-07", "The period ends before it begins.")]
    [InlineData("format=csv&person=nobody%00", "There is nobody with the id or e-mail address")]
    public async Task What_cannot_be_followed_is_said_and_nothing_exported(string query, string why)
    {
        await using var portal = new PortalServer();
        var root = await portal.AddPersonAsync(Role.Administrator);
        using var client = await portal.SignedInClientAsync(root.Email!);
        using var answer = await client.GetAsync(new Uri($"/admin/audit/export?{query}", UriKind.Relative));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        using var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        Assert.StartsWith(why, problem.RootElement.GetProperty("detail").GetString(), StringComparison.Ordinal);
        await using var db = await portal.Get<IDbContextFactory<PortalDb>>().CreateDbContextAsync();
        Assert.False(await db.Set<AuditEntry>().AnyAsync(e => e.Act == AuditAct.Exported));
    }

    [Fact]
    public async Task It_is_for_administrators()
    {
        await using var portal = new PortalServer();
        var max = await portal.AddPersonAsync(Role.Manager);
        using var client = await portal.SignedInClientAsync(max.Email!);
        using var visitor = portal.CreateClient(new() { AllowAutoRedirect = false });
        foreach (var path in (string[])["/admin", "/admin/people", "/admin/people/invite", $"/admin/people/{max.Id}", "/admin/audit", "/admin/tokens", "/admin/audit/export?format=csv"])
        {
            Assert.Equal((path, HttpStatusCode.Forbidden), (path, (await client.GetAsync(new Uri(path, UriKind.Relative))).StatusCode));
            Assert.Equal((path, HttpStatusCode.Found), (path, (await visitor.GetAsync(new Uri(path, UriKind.Relative))).StatusCode));
        }
    }

    [Theory]
    [InlineData("+1", "\"'+1\"")]
    [InlineData("-1", "\"'-1\"")]
    [InlineData("@SUM(A1)", "\"'@SUM(A1)\"")]
    [InlineData("\t=1", "\"'\t=1\"")]
    [InlineData("a=1", "a=1")]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("a\nb", "\"a\nb\"")]
    [InlineData(null, "")]
    public async Task No_field_is_a_formula_and_none_breaks_its_line(string? field, string written)
    {
        using var to = new MemoryStream();
        await using (var csv = CsvWriter.Create(to, SafeCsv.Options, leaveOpen: true)) csv.WriteRecord([field!, "x"]);
        Assert.Equal($"\ufeff{written},x\r\n", Encoding.UTF8.GetString(to.ToArray()));
        Assert.Equal(written.Trim('"'), SafeCsv.Cell(field) ?? "");
    }
}
