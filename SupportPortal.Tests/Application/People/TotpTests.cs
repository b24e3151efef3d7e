using System.Text;
using NodaTime;
using SupportPortal.Application.People;

namespace SupportPortal.Tests.Application.People;

public sealed class TotpTests
{
    /// <summary>RFC 6238, appendix B: the key is "12345678901234567890"; its eight digits end in our six.</summary>
    [Theory]
    [InlineData(59, "287082")]
    [InlineData(1111111109, "081804")]
    [InlineData(1111111111, "050471")]
    [InlineData(1234567890, "005924")]
    [InlineData(2000000000, "279037")]
    [InlineData(20000000000, "353130")]
    public void Codes_are_those_of_the_standard(long seconds, string code) =>
        Assert.Equal(code, Totp.Code("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", Totp.StepAt(Instant.FromUnixTimeSeconds(seconds))));

    [Fact]
    public void A_key_has_160_bits_and_is_new_each_time()
    {
        var (one, other) = (Totp.NewKey(), Totp.NewKey());
        Assert.Matches("^[A-Z2-7]{32}$", one);
        Assert.NotEqual(one, other);
    }

    [Fact]
    public void A_recovery_code_is_kept_as_a_digest_and_taken_once()
    {
        var codes = RecoveryCodes.Make();
        var kept = RecoveryCodes.Pack(codes);
        Assert.Equal((10, 0), (RecoveryCodes.Left(kept), RecoveryCodes.Left(null)));
        Assert.NotEqual(kept, RecoveryCodes.Pack(codes)); // Salted.
        var (use, after) = RecoveryCodes.Take(kept, codes[0]);
        Assert.Equal((RecoveryCodeUse.Taken, 9), (use, RecoveryCodes.Left(after)));
        Assert.Equal((RecoveryCodeUse.Spent, after), RecoveryCodes.Take(after, codes[0]));
        Assert.Equal((RecoveryCodeUse.Unknown, after), RecoveryCodes.Take(after, after!.Split(';')[0]));
        Assert.Equal((RecoveryCodeUse.Unknown, null), RecoveryCodes.Take(null, codes[0]));
        Assert.All(codes, code => Assert.True(Encoding.UTF8.GetByteCount(code) == 17));
    }
}
