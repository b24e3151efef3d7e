namespace SupportPortal.Application.Reports.Formats;

/// <summary>A report as a file has it.</summary>
/// <param name="Pairs">What it says of itself.</param>
/// <param name="Rows">Its rows in the order of the file, read as they are asked for: the name of the part, and the exact text of each cell.</param>
/// <param name="Held">What has to be let go afterwards.</param>
internal sealed record ReadReport(IReadOnlyDictionary<string, string> Pairs, IEnumerable<(string Section, string?[] Cells)> Rows, IDisposable? Held = null) : IDisposable
{
    public void Dispose() => Held?.Dispose();
}
