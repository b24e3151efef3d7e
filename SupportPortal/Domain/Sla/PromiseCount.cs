using NodaTime;

namespace SupportPortal.Domain.Sla;

/// <summary>How far a promise, or a part of its length, has been counted over the pauses of its clock; each pause is looked at once.</summary>
internal struct PromiseCount(SlaPromise promise, Duration length)
{
    private Instant _cursor = promise.Since;
    private Duration _left = length;
    private int _pauses;

    public PromiseCount(SlaPromise promise) : this(promise, promise.Length)
    {
    }

    public readonly SlaPromise Promise => promise;

    /// <summary>
    /// The earliest instant at which the length has counted, pauses left out where they fall after its start
    /// (rules 1, 5 and 6). Null while a pause runs that began before it was used up.
    /// </summary>
    public Instant? Due(IReadOnlyList<SlaPause>? pauses, Instant? pausedSince)
    {
        for (; _pauses < pauses?.Count; _pauses++)
        {
            var pause = pauses[_pauses];
            var end = pause.To!.Value;
            if (end <= _cursor) continue;
            if (pause.From > _cursor)
            {
                var counted = promise.Between(_cursor, pause.From);
                // Used up on the very instant at which the pause begins: nothing is left, and nothing is late yet.
                if (counted >= _left && promise.After(_cursor, _left) is var due && due < pause.From) return due;
                _left -= counted;
            }

            _cursor = end;
        }

        if (pausedSince is not { } since) return promise.After(_cursor, _left);
        return since > _cursor && promise.After(_cursor, _left) is var passed && passed < since ? passed : null;
    }
}
