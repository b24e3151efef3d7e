using SupportPortal.Domain.People;
using SupportPortal.Web.People.Admin;

namespace SupportPortal.Tests.Web.People;

/// <summary>Lists of addresses as people paste them.</summary>
public sealed class InviteDraftTests
{
    [Theory]
    [InlineData("ada@x.example", "ada@x.example")]
    [InlineData(" ada@x.example \r\n bob@x.example;casey@x.example,  dora@x.example erin@x.example\n\n", "ada@x.example|bob@x.example|casey@x.example|dora@x.example|erin@x.example")]
    [InlineData("ada@x.example, ADA@x.example", "ada@x.example")]
    [InlineData("nonsense, ada@x.example", "nonsense|ada@x.example")]
    public void Addresses_are_read_each_once(string typed, string read) =>
        Assert.Equal(read.Split('|'), new InviteDraft { Addresses = typed }.Read().People.Select(person => person.Email));

    [Fact]
    public void Names_may_stand_before_addresses()
    {
        var (people, refusals) = new InviteDraft { Addresses = "Ada Lovelace <ada@x.example>, \"Bob\" <bob@x.example>\n<casey@x.example>" }.Read();
        Assert.Empty(refusals);
        Assert.Equal([("Ada Lovelace", "ada@x.example"), ("Bob", "bob@x.example"), (null, "casey@x.example")], people.Select(person => (person.Name, person.Email)));
    }

    [Fact]
    public void Organisations_are_for_customers()
    {
        var draft = new InviteDraft { Addresses = "ada@x.example", Name = " Ada ", Organisation = "Acme", SeesOrganisation = false };
        Assert.Equal(("Acme", false, " Ada "), (draft.Read().People[0].Organisation, draft.Read().People[0].SeesOrganisation, draft.Read().People[0].Name));
        draft.Role = Role.Agent;
        Assert.Null(draft.Read().People[0].Organisation);
    }

    [Theory]
    [InlineData("", "", "email")]
    [InlineData(" ,; \n", "", "email")]
    [InlineData("ada@x.example bob@x.example", "Ada", "name")]
    public void What_cannot_be_read_is_refused(string typed, string name, string field) =>
        Assert.Equal(field, Assert.Single(new InviteDraft { Addresses = typed, Name = name }.Read().Refusals).Field);

    [Fact]
    public void Too_many_are_refused_at_once() =>
        Assert.Equal("These are 201 addresses. Invite at most 200 at once.", Assert.Single(new InviteDraft { Addresses = string.Join('\n', Enumerable.Range(0, 201).Select(i => $"p{i}@x.example")) }.Read().Refusals).Message);
}
