using Microsoft.Extensions.Options;
using SupportPortal.Application.Storage;

namespace SupportPortal.Web.People;

/// <summary>How often one network address may try what needs no account: to sign in, to ask for a link.</summary>
internal sealed class SignInLimits(IOptions<PortalOptions> options, TimeProvider clock)
{
    private readonly AddressCounter _tries = new(clock);

    /// <summary>Counts a try; when it is one too many, the answer becomes a 429 and this says what to tell.</summary>
    public string? Refuse(HttpContext context) =>
        _tries.Refuse(context, options.Value.SignIn.TriesPerMinute) is { } wait ? $"There were too many tries from your network. Go on in {wait} s." : null;
}
