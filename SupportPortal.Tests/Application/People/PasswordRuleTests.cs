using SupportPortal.Application.People;
using SupportPortal.Application.Storage;
using SupportPortal.Domain.People;
using SupportPortal.Tests.Support;

namespace SupportPortal.Tests.Application.People;

/// <summary>Which passwords are refused, wherever one is set.</summary>
public sealed class PasswordRuleTests(PrivatePostgres postgres)
{
    [Theory]
    [InlineData("password1234")]
    [InlineData("P@ssw0rd2024!")]
    [InlineData("passwordpassword")]
    [InlineData("qwertyuiop123")]
    [InlineData("123456789012")]
    [InlineData("!!!liverpool!!!")]
    [InlineData("casey.customer")]
    [InlineData("Casey-2024-20")]
    [InlineData("SupportPortal1!")]
    public async Task What_everybody_tries_first_is_refused_with_a_sentence(string password)
    {
        await using var database = await TestDatabase.MakeAsync(DatabaseProvider.Sqlite, postgres);
        var (_, refused) = await database.Get<PeopleDesk>().AddAsync(new NewPerson("casey.customer@test.example", Role.Customer, "Casey Customer", null, password));
        Assert.Equal("password", refused?.Field);
        Assert.DoesNotContain(password, refused!.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(PortalServer.Password)]
    [InlineData(DemoPeople.Password)]
    [InlineData("a long enough password")]
    [InlineData("correct casey battery staple")]
    [InlineData("пароль из четырёх слов")]
    [InlineData("kT8#vq2LpzX9")]
    public async Task What_is_long_and_not_on_the_list_is_taken(string password)
    {
        var person = new PortalUser { Name = "Casey Customer", Email = "casey@test.example" };
        Assert.True((await new PasswordRule().ValidateAsync(null!, person, password)).Succeeded);
    }
}
