using System.Globalization;

namespace SupportPortal.Web.Commands;

/// <summary>One line on stderr that says how far long work is. Silent where nobody watches: stderr is no terminal.</summary>
internal sealed class ProgressLine : IDisposable
{
    private int _shown;

    /// <summary>Shows this in place of what was shown.</summary>
    public void Show(FormattableString text)
    {
        if (Console.IsErrorRedirected) return;
        var line = text.ToString(CultureInfo.InvariantCulture);
        Console.Error.Write("\r" + line.PadRight(_shown));
        _shown = line.Length;
    }

    /// <summary>Makes room for other output.</summary>
    public void Clear()
    {
        if (_shown == 0) return;
        Console.Error.Write("\r" + new string(' ', _shown) + "\r");
        _shown = 0;
    }

    public void Dispose() => Clear();
}

/// <summary>Progress told at once, on the thread that makes it: <see cref="Progress{T}"/> would tell later and out of order.</summary>
internal sealed class Told<T>(Action<T> hear) : IProgress<T>
{
    public void Report(T value) => hear(value);
}
