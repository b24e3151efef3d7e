namespace SupportPortal.Web.Startup;

/// <summary>
/// When a portal that was at work comes to rest. Nothing is collected while nothing is allocated, so without a collection at that moment
/// it would keep what its busiest minute took (budget B19).
/// </summary>
internal sealed class Rest
{
    /// <summary>How often it is looked at.</summary>
    public static readonly TimeSpan Between = TimeSpan.FromSeconds(10);

    // A portal that only ticks allocates some kilobytes between two looks; one change on an open board alone, far more.
    private const long Idle = 4L << 20;

    // Less is not worth a pause.
    private const long Work = 128L << 20;

    private long _collectedAt;
    private long _before;
    private bool _wasIdle;

    /// <summary>Whether to collect now: two idle looks in a row, and work since the last collection that this told of.</summary>
    /// <param name="allocated">Bytes that the process has allocated since it started.</param>
    public bool Comes(long allocated)
    {
        var idle = allocated - _before < Idle;
        var comes = idle && _wasIdle && allocated - _collectedAt >= Work;
        (_before, _wasIdle) = (allocated, idle);
        if (comes) _collectedAt = allocated;
        return comes;
    }
}

/// <summary>Gives memory back to the machine whenever the portal comes to <see cref="Rest"/>.</summary>
internal sealed class RestingMemory : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var rest = new Rest();
        using var timer = new PeriodicTimer(Rest.Between); // Wall-clock pacing, as the heap's is.
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            if (rest.Comes(GC.GetTotalAllocatedBytes())) GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        }
    }
}
