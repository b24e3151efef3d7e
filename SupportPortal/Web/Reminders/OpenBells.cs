namespace SupportPortal.Web.Reminders;

/// <summary>
/// The open tabs of each person on this server, and which of them speaks: the one that came to the front last. Only a preference: that a
/// reminder is told once is the store's to keep.
/// </summary>
public sealed class OpenBells
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, List<Place>> _places = [];

    /// <summary>A tab opens, to be disposed when it closes.</summary>
    public Place Enter(string personId)
    {
        var place = new Place(this, personId);
        lock (_lock)
        {
            if (!_places.TryGetValue(personId, out var places)) _places[personId] = places = [];
            places.Insert(0, place);
        }

        return place;
    }

    /// <summary>One tab's place among those of its person: the first one speaks.</summary>
    public sealed class Place(OpenBells bells, string personId) : IDisposable
    {
        /// <summary>Whether this is the tab that speaks.</summary>
        public bool Speaks
        {
            get
            {
                lock (bells._lock) return bells._places.TryGetValue(personId, out var places) && ReferenceEquals(places[0], this);
            }
        }

        /// <summary>It came to the front, or went behind another.</summary>
        public void Look(bool isVisible)
        {
            lock (bells._lock)
            {
                if (!bells._places.TryGetValue(personId, out var places) || !places.Remove(this)) return;
                if (isVisible) places.Insert(0, this);
                else places.Add(this);
            }
        }

        /// <summary>The tab closes.</summary>
        public void Dispose()
        {
            lock (bells._lock)
            {
                if (!bells._places.TryGetValue(personId, out var places)) return;
                places.Remove(this);
                if (places.Count == 0) bells._places.Remove(personId);
            }
        }
    }
}
