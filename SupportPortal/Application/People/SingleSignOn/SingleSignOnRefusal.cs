namespace SupportPortal.Application.People.SingleSignOn;

/// <summary>Why somebody was not let in by an identity provider's word.</summary>
public enum SingleSignOnRefusal
{
    /// <summary>The provider does not answer.</summary>
    Unreachable,

    /// <summary>What came back is not an answer to what was asked: too late, damaged, forged, or begun in another browser.</summary>
    Invalid,

    /// <summary>The person, or the provider, did not want to go on.</summary>
    Cancelled,

    /// <summary>Too many claims, or one that is too long.</summary>
    TooMuch,

    /// <summary>The provider does not vouch for an e-mail address, or may not speak for it.</summary>
    NoAddress,

    /// <summary>The claims give no role.</summary>
    NoRole,

    /// <summary>There is no account, and none is made.</summary>
    NoAccount,

    /// <summary>There is an account with this address which the provider's word does not open.</summary>
    NotTheirs,

    /// <summary>The account was deactivated.</summary>
    Inactive,
}
