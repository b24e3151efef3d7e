using SupportPortal.Web.Shell;

namespace SupportPortal.Tests.Web.Shell;

public sealed class InitialsTests
{
    [Theory]
    [InlineData("Ada Lovelace", "AL")]
    [InlineData("Ada King of Lovelace", "AL")]
    [InlineData("ada@example.com", "A")]
    [InlineData("ada.lovelace@example.com", "AL")]
    [InlineData("  Ada  ", "A")]
    [InlineData("", "?")]
    [InlineData(null, "?")]
    public void Two_letters_stand_for_a_person(string? name, string letters) => Assert.Equal(letters, Initials.Of(name));
}
