using SupportPortal.Application.People;

namespace SupportPortal.Tests.Application.People;

public sealed class MailDomainTests
{
    [Theory]
    [InlineData("example.com", "example.com")]
    [InlineData("  Example.COM. ", "example.com")]
    [InlineData("Bücher.example", "xn--bcher-kva.example")]
    [InlineData("mail.example.co.uk", "mail.example.co.uk")]
    [InlineData("gmail.com", "gmail.com")]
    public void A_domain_is_kept_in_one_form(string text, string kept)
    {
        Assert.True(MailDomain.TryRead(text, out var domain, out _));
        Assert.Equal(kept, domain);
    }

    [Theory]
    [InlineData("", "Enter a domain, such as example.com.")]
    [InlineData(null, "Enter a domain, such as example.com.")]
    [InlineData("me@example.com", "Leave out what stands before the @, and the @ itself.")]
    [InlineData("com", "“com” is not one organisation's: anybody registers names under it.")]
    [InlineData("CO.UK", "“co.uk” is not one organisation's: anybody registers names under it.")]
    [InlineData("exa mple.com", "This is not a domain. Write it as it stands behind the @ in an address, such as example.com.")]
    [InlineData("example..com", "This is not a domain. Write it as it stands behind the @ in an address, such as example.com.")]
    [InlineData("-example.com", "This is not a domain. Write it as it stands behind the @ in an address, such as example.com.")]
    [InlineData("example.com/path", "This is not a domain. Write it as it stands behind the @ in an address, such as example.com.")]
    [InlineData("192.0.2.1", "This is not a domain. Write it as it stands behind the @ in an address, such as example.com.")]
    public void What_is_none_is_refused_with_what_to_do(string? text, string problem)
    {
        Assert.False(MailDomain.TryRead(text, out _, out var said));
        Assert.Equal(problem, said);
    }

    [Theory]
    [InlineData("ada@Example.com", "example.com")]
    [InlineData("ada@com", null)]
    [InlineData("nobody", null)]
    [InlineData("a@b@example.com", null)]
    public void An_address_has_the_domain_behind_its_at_sign(string address, string? domain) => Assert.Equal(domain, MailDomain.Of(address));
}
