using SupportPortal.Application.Live;
using SupportPortal.Web.Tickets.Workbench;

namespace SupportPortal.Tests.Web.Tickets.Workbench;

public sealed class OnlookerWordsTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("Bob", "Bob is looking at this")]
    [InlineData("Bob, Cid", "Bob and Cid are looking at this")]
    [InlineData("Bob, Cid, Dan", "Bob, Cid and Dan are looking at this")]
    [InlineData("Bob, Cid, Dan, Eve", "Bob, Cid and 2 others are looking at this")]
    [InlineData("Bob replies", "Bob is typing a reply")]
    [InlineData("Bob notes", "Bob is typing an internal note")]
    [InlineData("Bob, Cid notes, Dan replies, Eve, Fay replies", "Dan and Fay are typing a reply, Cid is typing an internal note, Bob and Eve are looking at this")]
    public void One_line_says_who_else_is_there(string others, string expected) => Assert.Equal(expected, OnlookerWords.Say(
        [.. others.Split(", ", StringSplitOptions.RemoveEmptyEntries).Select(other => other.Split(' ')).Select(other => (other[0], other.ElementAtOrDefault(1) switch
        {
            "replies" => Writing.Reply,
            "notes" => Writing.Note,
            _ => (Writing?)null,
        }))]));
}
