using NodaTime;
using SupportPortal.Application.People;
using SupportPortal.Application.Sla;
using SupportPortal.Application.Storage;
using SupportPortal.Domain;
using SupportPortal.Domain.People;
using SupportPortal.Domain.Sla;
using SupportPortal.Domain.Tickets;

namespace SupportPortal.Application.Tickets.Seeding;

/// <summary>Fills a portal with a made-up past through the real store: events with their historic instants, and the rows that follow from them.</summary>
public sealed class TicketSeeder(WriteGate gate, TicketWriter writer, ProjectionUpgrade upgrade, PolicyStore policies, PeopleDirectory people, TimeProvider clock)
{
    // Short enough that a portal which runs beside waits for its turn only moments.
    private const int Batch = 200;

    /// <summary>Adds what the plan says.</summary>
    /// <param name="plan">How much of it.</param>
    /// <param name="progress">Told how many tickets are written.</param>
    /// <param name="cancellation">Stops between two batches; what is written stays.</param>
    public async Task AddAsync(SeedPlan plan, IProgress<int>? progress, CancellationToken cancellation)
    {
        var now = clock.Now();
        var reports = plan.Reports(now);
        var cast = await SeedCast.GatherAsync(plan, gate, cancellation);
        var (catalogue, plans) = (policies.Catalogue, new Dictionary<int, string?>());
        foreach (var organisation in cast.Customers.Select(customer => customer.OrganisationId).OfType<int>().Distinct()) plans[organisation] = await people.PlanAsync(organisation, cancellation);
        var next = Task.Run(() => Tell(0), cancellation);
        for (var from = 0; from < reports.Count; from += Batch)
        {
            var pasts = await next;
            var following = from + Batch;
            if (following < reports.Count) next = Task.Run(() => Tell(following), cancellation); // Made up while the ones before are written.
            await WriteAsync(pasts, cancellation);
            progress?.Report(Math.Min(following, reports.Count));
        }

        IReadOnlyList<TicketEvent>[] Tell(int from)
        {
            var pasts = new IReadOnlyList<TicketEvent>[Math.Min(Batch, reports.Count - from)];
            for (var i = 0; i < pasts.Length; i++)
            {
                var story = new SeedStory(new Random(HashCode(plan.Seed, from + i)), cast, Policy, catalogue.Version, now);
                pasts[i] = story.Tell(reports[from + i].At, reports[from + i].IsOpen);
            }

            return pasts;
        }

        PolicyReference Policy(Actor customer) =>
            catalogue.InForce((customer.OrganisationId is { } organisation ? plans[organisation] : null) ?? SlaPolicy.StandardPlan, now).Reference;
    }

    internal async Task WriteAsync(IReadOnlyList<IReadOnlyList<TicketEvent>> pasts, CancellationToken cancellation)
    {
        if (!upgrade.Done.IsCompleted) await upgrade.RunAsync(cancellation); // Of a new database nothing: else the first start would write all of these anew.
        await gate.WriteAsync((db, _) => writer.WritePastAsync(db, pasts), cancellation);
    }

    // System.HashCode differs from run to run.
    private static int HashCode(int seed, int ticket) => unchecked((seed * 486_187_739) + (ticket * 16_777_619));
}
