using System.Diagnostics;
using System.Globalization;

namespace SupportPortal.Bench.Host;

/// <summary>What a process holds and has used, as the kernel counts it.</summary>
internal static class ProcessFigures
{
    /// <summary>Its resident memory, with what it shares divided among those who share it, in KiB.</summary>
    public static double PssKiB(int process) => Rollup(process, "Pss:");

    /// <summary>Its resident memory in KiB, what it shares included.</summary>
    public static double ResidentKiB(int process) => Rollup(process, "Rss:");

    /// <summary>Processor time used so far, by all its threads.</summary>
    public static TimeSpan ProcessorTime(int process)
    {
        using var figures = Process.GetProcessById(process);
        return figures.TotalProcessorTime;
    }

    /// <summary>How many files and sockets a process may have open.</summary>
    public static long MostFiles(int process)
    {
        var line = File.ReadLines($"/proc/{process}/limits").First(l => l.StartsWith("Max open files", StringComparison.Ordinal));
        var soft = line["Max open files".Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries)[0];
        return soft == "unlimited" ? long.MaxValue : long.Parse(soft, CultureInfo.InvariantCulture);
    }

    private static double Rollup(int process, string field)
    {
        var line = File.ReadLines($"/proc/{process}/smaps_rollup").First(l => l.StartsWith(field, StringComparison.Ordinal));
        return double.Parse(line[field.Length..].Replace("kB", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);
    }
}

/// <summary>Processor time of a process from now on.</summary>
internal sealed class ProcessorUse(int process)
{
    private readonly long _began = Stopwatch.GetTimestamp();
    private readonly TimeSpan _used = ProcessFigures.ProcessorTime(process);

    /// <summary>In per cent of one core.</summary>
    public double Percent => 100 * (ProcessFigures.ProcessorTime(process) - _used) / Stopwatch.GetElapsedTime(_began);
}
