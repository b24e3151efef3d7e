using SupportPortal.Web.Startup;

namespace SupportPortal.Tests.Web.Startup;

public class RestTests
{
    private const long MiB = 1L << 20;

    [Fact]
    public void Comes_once_when_work_has_ended()
    {
        var rest = new Rest();

        Assert.Equal([false, false, false, true, false, false], Looks(rest, 200 * MiB, 400 * MiB, 401 * MiB, 402 * MiB, 403 * MiB, 404 * MiB));
    }

    [Fact]
    public void Does_not_come_while_there_is_work()
    {
        var rest = new Rest();

        Assert.All(Looks(rest, [.. Enumerable.Range(1, 50).Select(look => look * 20 * MiB)]), Assert.False);
    }

    [Fact]
    public void Does_not_come_between_two_pieces_of_work()
    {
        var rest = new Rest();

        Assert.All(Looks(rest, 300 * MiB, 301 * MiB, 400 * MiB, 401 * MiB, 500 * MiB), Assert.False);
    }

    [Fact]
    public void Comes_again_after_as_much_work_again_and_not_after_little()
    {
        var rest = new Rest();
        Looks(rest, 200 * MiB, 200 * MiB, 200 * MiB);

        Assert.Equal([false, false, false], Looks(rest, 300 * MiB, 300 * MiB, 300 * MiB));
        Assert.Equal([false, false, true], Looks(rest, 330 * MiB, 330 * MiB, 330 * MiB));
    }

    private static List<bool> Looks(Rest rest, params long[] allocated) => [.. allocated.Select(rest.Comes)];
}
