namespace SupportPortal.Web.People.Admin;

/// <summary>What an administrator can do to a person at a press of a button.</summary>
public enum PersonAct
{
    SendLink,
    EndSessions,
    ResetSecondFactor,
    RevokeTokens,
    Deactivate,
    Reactivate,
}
