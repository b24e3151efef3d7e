using SupportPortal.Application.Live;
using SupportPortal.Web.Live;

namespace SupportPortal.Tests.Web.Live;

public sealed class CircuitVisitsTests
{
    private readonly Presence _presence = new(TimeProvider.System);

    [Fact]
    public async Task A_circuit_that_is_cut_off_is_nowhere_and_comes_back_where_it_was()
    {
        var circuit = new CircuitVisits(_presence);
        using var left = circuit.Enter(1, "ada");
        left.Dispose();
        using var visit = circuit.Enter(2, "ada");

        await circuit.OnConnectionDownAsync(null!, CancellationToken.None);
        Assert.Empty(_presence.Snapshot);
        using var meanwhile = circuit.Enter(3, "ada"); // What it had still to do when it was cut off.
        Assert.Empty(_presence.Snapshot);

        await circuit.OnConnectionUpAsync(null!, CancellationToken.None);
        Assert.Equal([2, 3], _presence.Snapshot.Keys.Order());
    }

    [Fact]
    public async Task A_circuit_that_has_ended_leaves_nobody_behind()
    {
        var circuit = new CircuitVisits(_presence);
        var visit = circuit.Enter(1, "ada");
        await circuit.OnCircuitClosedAsync(null!, CancellationToken.None);
        await circuit.OnConnectionUpAsync(null!, CancellationToken.None);
        Assert.Empty(_presence.Snapshot);
        Assert.True(visit.HasLeft);
    }
}
