namespace SupportPortal.Application.Live;

/// <summary>One person at one ticket, in however many tabs. Touched under the lock of <see cref="Presence"/> only.</summary>
internal sealed class Attendance(string personId, TimeProvider clock, Action<Typing> fade)
{
    private readonly HashSet<Visit> _tabs = [];
    private Typing? _typing;

    /// <summary>What others see of it; null when no tab is connected.</summary>
    public Onlooker? Seen => _tabs.Count == 0 ? null : new Onlooker(personId, _typing?.What);

    public void Add(Visit tab)
    {
        if (!tab.HasLeft) _tabs.Add(tab);
    }

    public void Remove(Visit tab)
    {
        _tabs.Remove(tab);
        if (_typing?.Tab == tab) End(_typing);
    }

    /// <summary>Each sign has a timer, and ends that of the sign before: one runs for a person, whoever watches.</summary>
    public void Begin(Visit tab, Writing what)
    {
        if (!_tabs.Contains(tab)) return;
        if (_typing is not null) End(_typing);
        var typing = _typing = new Typing(tab, what);
        typing.Timer = clock.CreateTimer(_ => fade(typing), null, Presence.TypingLasts, Timeout.InfiniteTimeSpan);
    }

    public void End(Visit tab, Writing what)
    {
        if (_typing is { } typing && typing.Tab == tab && typing.What == what) End(typing);
    }

    /// <summary>Ends this sign, unless a later one took its place.</summary>
    public void End(Typing typing)
    {
        if (typing != _typing) return;
        typing.Timer?.Dispose();
        _typing = null;
    }
}

/// <summary>A sign that somebody types.</summary>
internal sealed class Typing(Visit tab, Writing what)
{
    public Visit Tab => tab;

    public Writing What => what;

    public ITimer? Timer { get; set; }
}
