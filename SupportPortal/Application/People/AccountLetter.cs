namespace SupportPortal.Application.People;

/// <summary>Why somebody is written to about their account. Kept by number: a number is never used for something else.</summary>
public enum AccountLetter
{
    /// <summary>They asked for a new password, or an administrator did for them.</summary>
    NewPassword,

    /// <summary>An administrator made an account for them.</summary>
    Invitation,

    /// <summary>They asked to register.</summary>
    Registration,

    /// <summary>Their account has another e-mail address now; told to the one before.</summary>
    AddressChanged,
}
