using NodaTime;
using SupportPortal.Domain.People;
using SupportPortal.Domain.Tickets;

namespace SupportPortal.Tests.Domain.Tickets;

/// <summary>The chain shows tampering with any part of an event; erasing a text leaves it whole.</summary>
public sealed class SealTests
{
    private static readonly Instant At = Instant.FromUtc(2026, 1, 5, 10, 0);
    private static readonly string Genuine = Hash();

    [Fact]
    public void A_hash_is_SHA_256_and_depends_on_nothing_but_the_event()
    {
        Assert.Matches("^[0-9a-f]{64}$", Genuine);
        Assert.Equal(Genuine, Hash());
        Assert.Equal(64, EventChain.Genesis.Length);
    }

    [Fact]
    public void Changing_any_part_of_an_event_changes_its_hash() => Assert.Equal(12, new HashSet<string>
    {
        Genuine,
        Hash(previous: new string('1', 64)),
        Hash(ticket: 10002),
        Hash(version: 3),
        Hash(type: "customerReply"),
        Hash(at: At + Duration.FromTicks(10)),
        Hash(by: "agen"),
        Hash(role: Role.Manager),
        Hash(catalogue: 8),
        Hash(data: "{\"body\":\"b\"}"),
        Hash(data: "{\"body\":\"a\"} "),
        Hash(by: "agent\n1\n7\n12:{\"body\":\"a\"}", data: ""),
    }.Count);

    [Fact]
    public void An_event_cannot_be_left_out_of_the_chain()
    {
        var second = Hash(previous: Genuine, version: 3);
        Assert.NotEqual(second, Hash(previous: EventChain.Genesis, version: 3));
    }

    [Fact]
    public void A_text_is_sealed_by_its_salted_digest()
    {
        var one = SealedText.Seal("It burns.", "00ff");
        Assert.Matches("^[0-9a-f]{64}$", one.Digest);
        Assert.Equal(one, SealedText.Seal("It burns.", "00ff"));
        Assert.NotEqual(one.Digest, SealedText.Seal("It burns.", "00fe").Digest);
        Assert.NotEqual(one.Digest, SealedText.Seal("It burns!", "00ff").Digest);
    }

    [Fact]
    public void A_text_put_back_is_genuine_or_not()
    {
        var text = SealedText.Seal("It burns.", "00ff");
        Assert.True(text.IsGenuine);
        Assert.Equal(text, SealedText.Restored(text.Digest, "It burns.", "00ff"));
        Assert.True(SealedText.Restored(text.Digest, "It burns.", "00ff").IsGenuine);
        Assert.False(SealedText.Restored(text.Digest, "It rains.", "00ff").IsGenuine);
        Assert.False(SealedText.Restored(text.Digest, "It burns.", "00fe").IsGenuine);
    }

    [Fact]
    public void An_erased_text_leaves_its_seal()
    {
        var erased = SealedText.Erased(SealedText.Seal("It burns.", "00ff").Digest);
        Assert.Equal((true, null, null), (erased.IsGenuine, erased.Text, erased.Salt));
        Assert.Equal(Hash(data: SealedText.Seal("It burns.", "00ff").Digest), Hash(data: erased.Digest));
    }

    private static string Hash(
        string previous = EventChain.Genesis, long ticket = 10001, int version = 2, string type = "staffReply", Instant? at = null,
        string by = "agent", Role role = Role.Agent, int catalogue = 7, string data = "{\"body\":\"a\"}") =>
        EventChain.Hash(previous, ticket, version, type, at ?? At, new EventAuthor(by, role), catalogue, data);
}
