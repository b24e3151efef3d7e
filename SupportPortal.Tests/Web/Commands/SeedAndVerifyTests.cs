using Microsoft.Data.Sqlite;
using SupportPortal.Tests.Support;

namespace SupportPortal.Tests.Web.Commands;

public sealed class SeedAndVerifyTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("seed-");

    [Fact]
    public async Task What_seed_adds_verify_agrees_with_until_somebody_writes_past_the_store()
    {
        var seeded = await RunAsync("seed", "--tickets", "30", "--open", "10", "--organisations", "3", "--seed", "5");
        Assert.Equal((0, ""), (seeded.ExitCode, seeded.Answers));
        Assert.StartsWith("Adding 30 tickets (10 open) of 3 organisations to the 0 tickets that are there.", seeded.Messages, StringComparison.Ordinal);
        Assert.StartsWith("Adding 1 tickets (1 open) of 5 organisations to the 30 tickets that are there.", (await RunAsync("seed", "--tickets", "1")).Messages, StringComparison.Ordinal);

        var agreed = await RunAsync("verify");
        Assert.Equal((0, ""), (agreed.ExitCode, agreed.Answers));
        Assert.Matches("^31 tickets, [0-9]+ events: everything agrees.$", agreed.Messages);

        await using (var database = new SqliteConnection($"Data Source={Path.Combine(_directory.FullName, "portal.db")};Pooling=False"))
        {
            await database.OpenAsync();
            await using var tampering = database.CreateCommand();
            tampering.CommandText = "UPDATE Tickets SET Service = 'Nowhere' WHERE Id IN (10007, 10009)";
            await tampering.ExecuteNonQueryAsync();
        }

        var found = await RunAsync("verify");
        Assert.Equal(1, found.ExitCode);
        Assert.Collection(
            found.Answers.Split('\n'),
            line => Assert.StartsWith("SUP-10007: row: Service is “Nowhere”", line, StringComparison.Ordinal),
            line => Assert.StartsWith("SUP-10009: row: Service is “Nowhere”", line, StringComparison.Ordinal));
        Assert.EndsWith("2 differences.", found.Messages, StringComparison.Ordinal);

        var file = Path.Combine(_directory.FullName, "figures.json");
        await File.WriteAllTextAsync(file, "{\"report\": ");
        var held = await RunAsync("verify", file);
        Assert.Equal(1, held.ExitCode);
        Assert.StartsWith("The file is cut, or was written by something else", held.Answers, StringComparison.Ordinal);
        Assert.EndsWith("2 differences.", held.Messages, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("seed")]
    [InlineData("seed", "--tickets", "0")]
    [InlineData("seed", "--tickets", "many")]
    [InlineData("seed", "--tickets", "5", "--open", "6")]
    [InlineData("seed", "--tickets", "5", "--open", "-1")]
    [InlineData("seed", "--tickets", "5", "--organisations", "0")]
    [InlineData("verify", "everything")] // There is no such file.
    public async Task What_cannot_be_meant_is_bad_usage(params string[] arguments)
    {
        var run = await RunAsync(arguments);
        Assert.Equal((2, ""), (run.ExitCode, run.Answers));
        Assert.NotEmpty(run.Messages);
    }

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        _directory.Delete(recursive: true);
    }

    private Task<Run> RunAsync(params string[] arguments) =>
        PortalProgram.RunAsync(new Dictionary<string, string?> { ["Portal:DataDirectory"] = _directory.FullName }, null, arguments);
}
