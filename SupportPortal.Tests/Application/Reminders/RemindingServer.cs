using Microsoft.Extensions.Hosting;
using NodaTime;
using SupportPortal.Application.Live;
using SupportPortal.Application.People;
using SupportPortal.Application.Reminders;
using SupportPortal.Application.Sla;
using SupportPortal.Application.Storage;
using SupportPortal.Domain;
using SupportPortal.Domain.People;
using SupportPortal.Tests.Application.Tickets;
using SupportPortal.Tests.Support;

namespace SupportPortal.Tests.Application.Reminders;

/// <summary>A server whose alarm clock runs, unless a test raises alarms itself, and its staff: Ann and Ben, agents, and Mia, a manager.</summary>
internal sealed class RemindingServer : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly List<IHostedService> _running = [];

    public required SomeDesk Desk { get; init; }

    public required Actor Ann { get; init; }

    public required Actor Ben { get; init; }

    public required Actor Mia { get; init; }

    public Actor[] Everybody => [Ann, Ben, Mia];

    /// <summary>How many are due for each of them.</summary>
    public IEnumerable<int> Counts => Everybody.Select(one => Live.Snapshot.CountFor(one));

    public LiveReminders Live => Desk.Database.Get<LiveReminders>();

    public ReminderDesk Reminders => Desk.Database.Get<ReminderDesk>();

    public ReminderClaims Claims => Desk.Database.Get<ReminderClaims>();

    public Instant Now => Desk.Database.Clock.Now();

    public static async Task<RemindingServer> MakeAsync(DatabaseProvider provider, PrivatePostgres postgres, bool rings = true)
    {
        var desk = await SomeDesk.MakeAsync(provider, postgres);
        return await new RemindingServer { Desk = desk, Ann = await AddAsync(desk, "Ann", Role.Agent), Ben = await AddAsync(desk, "Ben", Role.Agent), Mia = await AddAsync(desk, "Mia", Role.Manager) }.StartAsync(rings);
    }

    public async Task<RemindingServer> OpenAgainAsync() => await new RemindingServer { Desk = await Desk.OpenAgainAsync(), Ann = Ann, Ben = Ben, Mia = Mia }.StartAsync(rings: true);

    public void Advance(Duration by) => Desk.Database.Clock.Advance(by.ToTimeSpan());

    /// <summary>Waits for a push after which this holds.</summary>
    public async Task UntilAsync(Func<ReminderSnapshot, bool> holds)
    {
        using var patience = new CancellationTokenSource(Patience);
        using var watch = Live.Watch(_ => true);
        if (holds(Live.Snapshot)) return;
        await foreach (var _ in watch.BatchesAsync(patience.Token))
        {
            if (holds(Live.Snapshot)) return;
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var service in Enumerable.Reverse(_running)) await service.StopAsync(CancellationToken.None);
        await Desk.DisposeAsync();
    }

    private async Task<RemindingServer> StartAsync(bool rings)
    {
        _running.AddRange([Desk.Database.Get<OpenTickets>(), Live]);
        if (rings) _running.Add(Desk.Database.Get<AlarmClock>());
        foreach (var service in _running) await service.StartAsync(CancellationToken.None);
        await Live.Loaded.WaitAsync(Patience);
        return this;
    }

    private static async Task<Actor> AddAsync(SomeDesk desk, string name, Role role) =>
        (await desk.Database.Get<PeopleDesk>().AddAsync(new NewPerson($"{name.ToLowerInvariant()}@test.example", role, name, null, "correct horse battery"))).Added!.ToActor();
}
