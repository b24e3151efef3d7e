namespace SupportPortal.Application.Compliance;

/// <summary>Numbers for names, so that a million rows hold four bytes each. Only grows.</summary>
internal sealed class NameTable
{
    private readonly Dictionary<string, int> _numbers = [];
    private readonly List<string> _names = [];

    /// <summary>Every name, in the order in which they came.</summary>
    public IReadOnlyList<string> All => [.. _names];

    /// <summary>How many there are: one more than the last number.</summary>
    public int Count => _names.Count;

    /// <summary>The number of a name; −1 for none.</summary>
    public int Add(string? name)
    {
        if (name is null) return -1;
        if (_numbers.TryGetValue(name, out var number)) return number;
        _numbers.Add(name, number = _names.Count);
        _names.Add(name);
        return number;
    }

    /// <summary>The number of a name that nothing has: of what matches nothing.</summary>
    public const int Unknown = int.MinValue;

    /// <summary>The number of a name; <see cref="Unknown"/> if none has it.</summary>
    public int Find(string name) => _numbers.GetValueOrDefault(name, Unknown);

    /// <summary>The name of a number; null for −1.</summary>
    public string? this[int number] => number < 0 ? null : _names[number];
}
