using System.Collections.Concurrent;
using System.Reflection;
using Xunit.v3;

[assembly: SupportPortal.Tests.Support.Standstill]

namespace SupportPortal.Tests.Support;

/// <summary>Ends a run in which no test has begun or ended for ten minutes, naming those that it waits for: it would never end by itself.</summary>
[AttributeUsage(AttributeTargets.Assembly)]
public sealed class StandstillAttribute : BeforeAfterTestAttribute
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);
    private static readonly ConcurrentDictionary<string, string> Running = [];
    private static readonly Timer Watch = new(_ =>
        Environment.FailFast($"For {Patience.TotalMinutes} minutes no test began or ended. Running: {string.Join(", ", Running.Values)}. Ended last: {s_ended}."));

    private static string s_ended = "none";

    public override void Before(MethodInfo methodUnderTest, IXunitTest test)
    {
        Running[test.UniqueID] = test.TestDisplayName;
        Watch.Change(Patience, Timeout.InfiniteTimeSpan);
    }

    public override void After(MethodInfo methodUnderTest, IXunitTest test)
    {
        Running.TryRemove(test.UniqueID, out _);
        s_ended = test.TestDisplayName;
        Watch.Change(Patience, Timeout.InfiniteTimeSpan);
    }
}
