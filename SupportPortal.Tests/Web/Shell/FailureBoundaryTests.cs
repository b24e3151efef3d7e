using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using Microsoft.Extensions.DependencyInjection;
using SupportPortal.Web.Shell;

namespace SupportPortal.Tests.Web.Shell;

public sealed class FailureBoundaryTests : BunitContext
{
    private static bool _fails;

    [Fact]
    public void A_failure_stays_in_its_page_with_a_reference_and_moving_on_recovers()
    {
        _fails = true;
        var cut = Render<FailureBoundary>(p => p.AddChildContent<MayFail>());
        Assert.Matches("^[0-9A-F]{8}$", cut.Find("[role=alert] code").TextContent);
        Assert.DoesNotContain("a secret of the inside", cut.Markup, StringComparison.Ordinal);

        _fails = false;
        Services.GetRequiredService<NavigationManager>().NavigateTo("/elsewhere");
        cut.WaitForAssertion(() => cut.MarkupMatches("<p>all is well</p>"));
    }

    [Fact]
    public async Task Trying_again_recovers_too()
    {
        _fails = true;
        var cut = Render<FailureBoundary>(p => p.AddChildContent<MayFail>());
        _fails = false;
        await cut.Find("button").ClickAsync(new());
        cut.MarkupMatches("<p>all is well</p>");
    }

    private sealed class MayFail : ComponentBase
    {
        protected override void BuildRenderTree(RenderTreeBuilder builder)
        {
            if (_fails) throw new InvalidOperationException("a secret of the inside");
            builder.AddMarkupContent(0, "<p>all is well</p>");
        }
    }
}
