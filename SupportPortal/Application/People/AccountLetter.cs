namespace SupportPortal.Application.People;

/// <summary>Why somebody is written to about their account.</summary>
public enum AccountLetter
{
    /// <summary>They asked for a new password.</summary>
    NewPassword,
}
