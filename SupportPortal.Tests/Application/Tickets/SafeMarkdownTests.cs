using SupportPortal.Application.Tickets;

namespace SupportPortal.Tests.Application.Tickets;

public sealed class SafeMarkdownTests
{
    [Theory]
    [InlineData("plain words", "<p>plain words</p>")]
    [InlineData("one\ntwo", "<p>one<br>\ntwo</p>")]
    [InlineData("**bold** and `code`", "<p><strong>bold</strong> and <code>code</code></p>")]
    [InlineData("# Title", "<h3>Title</h3>")]
    [InlineData("###### Small", "<h6>Small</h6>")]
    [InlineData("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>")]
    [InlineData("3. c", "<ol start=\"3\">\n<li>c</li>\n</ol>")]
    [InlineData("```sql\nselect 1 < 2\n```", "<pre><code>select 1 &lt; 2\n</code></pre>")]
    [InlineData("[here](https://example.com/a?b=1&c=2)", "<p><a href=\"https://example.com/a?b=1&amp;c=2\" rel=\"nofollow noopener noreferrer\" target=\"_blank\">here</a></p>")]
    [InlineData("see https://example.com.", "<p>see <a href=\"https://example.com\" rel=\"nofollow noopener noreferrer\" target=\"_blank\">https://example.com</a>.</p>")]
    [InlineData("", "")]
    [InlineData("  \n ", "")]
    public void What_people_write_is_set_as_they_mean_it(string markdown, string html) =>
        Assert.Equal(html, SafeMarkdown.ToHtml(markdown).Trim());

    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("<img src=x onerror=alert(1)>")]
    [InlineData("<svg/onload=alert(1)>")]
    [InlineData("<iframe src=\"javascript:alert(1)\"></iframe>")]
    [InlineData("[x](javascript:alert(1))")]
    [InlineData("[x](JaVaScRiPt:alert(1))")]
    [InlineData("[x](java\tscript:alert(1))")]
    [InlineData("[x](&#106;avascript:alert(1))")]
    [InlineData("[x](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)")]
    [InlineData("[x](vbscript:msgbox(1))")]
    [InlineData("<javascript:alert(1)>")]
    [InlineData("![x](https://tracker.example/pixel.png)")]
    [InlineData("![x](x\" onerror=\"alert(1))")]
    [InlineData("[x](https://a.example \"t\" onmouseover=\"alert(1))")]
    [InlineData("<a href=\"https://a.example\" style=\"position:fixed;inset:0\">x</a>")]
    [InlineData("<style>body{display:none}</style>")]
    [InlineData("<form action=https://evil.example><input name=password></form>")]
    [InlineData("```\n</code></pre><script>alert(1)</script>\n```")]
    [InlineData("| a |\n|---|\n| <img src=x onerror=alert(1)> |")]
    [InlineData("<math><mtext><table><mglyph><style><img src onerror=alert(1)>")]
    public void Nothing_that_people_write_can_act(string markdown)
    {
        var document = new AngleSharp.Html.Parser.HtmlParser().ParseDocument(SafeMarkdown.ToHtml(markdown));
        Assert.Empty(document.QuerySelectorAll("script, img, svg, iframe, style, form, input, math, object, embed, link, meta"));
        var attributes = document.Body!.QuerySelectorAll("*").SelectMany(e => e.Attributes).ToArray();
        Assert.All(attributes, a => Assert.Contains(a.Name, (string[])["href", "rel", "target", "start"]));
        Assert.All(attributes.Where(a => a.Name == "href"), a => Assert.Matches("^(https?:|mailto:|/|#)", a.Value));
    }

    [Fact]
    public void Text_nested_without_end_is_shown_as_it_was_written()
    {
        var deep = new string('>', 5_000) + " <b>x</b>";
        Assert.DoesNotContain("<b>", SafeMarkdown.ToHtml(deep), StringComparison.Ordinal);
        Assert.Contains("&lt;b&gt;x&lt;/b&gt;", SafeMarkdown.ToHtml(deep), StringComparison.Ordinal);
    }
}
