using System.Diagnostics.Tracing;
using Microsoft.Diagnostics.NETCore.Client;
using Microsoft.Diagnostics.Tracing;
using Microsoft.Diagnostics.Tracing.Parsers;
using Microsoft.Diagnostics.Tracing.Parsers.Clr;

namespace SupportPortal.Bench.Host;

/// <summary>
/// The managed heap of another process. A diagnostics session that asks for it makes the runtime collect everything first, and the
/// collector then says what is left: nothing has to be built into what is measured.
/// </summary>
internal static class ManagedHeap
{
    private const string Runtime = "Microsoft-Windows-DotNETRuntime";
    private const ClrTraceEventParser.Keywords Collect = ClrTraceEventParser.Keywords.GC | ClrTraceEventParser.Keywords.GCHeapCollect;

    /// <summary>What is reachable, in KiB, after a full collection.</summary>
    public static async Task<double> CollectAsync(int process)
    {
        await CollectOnceAsync(process); // What waits for its finalizer goes with the second one.
        return await CollectOnceAsync(process);
    }

    private static async Task<double> CollectOnceAsync(int process)
    {
        using var session = await new DiagnosticsClient(process)
            .StartEventPipeSessionAsync([new EventPipeProvider(Runtime, EventLevel.Informational, (long)Collect)], requestRundown: false, circularBufferMB: 16, CancellationToken.None);
        var left = new TaskCompletionSource<double>(TaskCreationOptions.RunContinuationsAsynchronously);
        var reading = Task.Run(() => Read(session, left));
        var answer = await left.Task.WaitAsync(TimeSpan.FromMinutes(1));
        await session.StopAsync(CancellationToken.None);
        await reading;
        return answer;
    }

    private static void Read(EventPipeSession session, TaskCompletionSource<double> left)
    {
        var (bytes, full) = (0L, false);
        using var events = new EventPipeEventSource(session.EventStream);
        events.Clr.GCStart += start => (bytes, full) = (0, start is { Depth: 2, Reason: GCReason.Induced });
        events.Clr.GCPerHeapHistory += heap =>
        {
            for (var generation = Gens.Gen0; generation <= Gens.GenPinObj; generation++) bytes += heap.GenData(generation).ObjSizeAfter;
        };
        events.Clr.GCHeapStats += _ =>
        {
            if (full) left.TrySetResult(bytes / 1024.0);
        };
        events.Process();
    }
}
