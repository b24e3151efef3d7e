using SupportPortal.Application.Tickets.Seeding;

namespace SupportPortal.Bench.Host;

/// <summary>
/// A data directory full of tickets, with the bench's people in it. A million tickets take minutes to write, so each size is made
/// once for a build, kept under the temporary directory, and copied for each use.
/// </summary>
internal sealed class Store
{
    // A day on, a made-up past is as good. A quiet one is not: its first reminder comes six hours after it was made.
    private static readonly TimeSpan BusyIsKept = TimeSpan.FromDays(1);
    private static readonly TimeSpan QuietIsKept = TimeSpan.FromHours(4);

    private readonly DirectoryInfo _kept;

    private Store(Published published, DirectoryInfo kept) => (Published, _kept) = (published, kept);

    /// <summary>The build that it was made for.</summary>
    public Published Published { get; }

    /// <summary>As <c>seed</c> makes it: years of history, every severity, clocks overdue and about to be due.</summary>
    public static Task<Store> BusyAsync(Published published, int open) => KeptAsync(published, $"busy-{open}", BusyIsKept, async data =>
    {
        await published.DoAsync(data, "seed", "--tickets", $"{open + open / 10}", "--open", $"{open}", "--seed", "1");
        await using var floors = await Floors.OpenAsync(data);
        await People.AddAsync(floors, data);
    });

    /// <summary>As <c>seed</c> makes it: so many tickets of years, one in forty still open.</summary>
    public static Task<Store> PastAsync(Published published, int tickets) => KeptAsync(published, $"past-{tickets}", BusyIsKept, data =>
        published.DoAsync(data, "seed", "--tickets", $"{tickets}", "--open", $"{tickets / 40}", "--seed", "1"));

    /// <summary>Open tickets of the last minutes: clocks run on most of them, and the first reminder is due in six hours.</summary>
    public static Task<Store> QuietAsync(Published published, int open) => KeptAsync(published, $"quiet-{open}", QuietIsKept, async data =>
    {
        await using var floors = await Floors.OpenAsync(data);
        await People.AddAsync(floors, data);
        var pasts = await TicketPasts.OfAsync(floors);
        foreach (var batch in Enumerable.Range(0, open).Select(pasts.Quiet).Chunk(500)) await floors.Of<TicketSeeder>().WriteAsync(batch, CancellationToken.None);
    });

    /// <summary>A copy to load and change.</summary>
    public DirectoryInfo Copy()
    {
        var copy = Directory.CreateTempSubdirectory("portal-bench-");
        foreach (var file in _kept.EnumerateFiles()) file.CopyTo(Path.Combine(copy.FullName, file.Name));
        return copy;
    }

    private static async Task<Store> KeptAsync(Published published, string what, TimeSpan isKept, Func<DirectoryInfo, Task> make)
    {
        var all = Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), "portal-bench-stores"));
        foreach (var old in all.EnumerateDirectories($"{what}-*").Where(d => TimeProvider.System.GetUtcNow() - d.CreationTimeUtc > isKept)) old.Delete(recursive: true);
        var kept = new DirectoryInfo(Path.Combine(all.FullName, $"{what}-{published.Stamp}"));
        if (kept.Exists) return new Store(published, kept);

        Console.Error.WriteLine($"Making the store {what}");
        var making = all.CreateSubdirectory($"making-{Guid.NewGuid():N}");
        await make(making);
        making.MoveTo(kept.FullName); // Half a store never has the name of a whole one.
        return new Store(published, kept);
    }
}
