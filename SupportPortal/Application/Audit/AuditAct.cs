namespace SupportPortal.Application.Audit;

/// <summary>What an entry of the audit log tells of. Kept by name: a name is never changed, and never used for something else.</summary>
public enum AuditAct
{
    /// <summary>Signed in; the detail says how.</summary>
    SignedIn,

    /// <summary>Tried to sign in and was refused; the detail says why, which the person was not told.</summary>
    SignInRefused,

    /// <summary>Signed out.</summary>
    SignedOut,

    /// <summary>All browsers, or one of them, were signed out.</summary>
    SessionsEnded,

    /// <summary>A password was set or changed.</summary>
    PasswordChanged,

    /// <summary>The second factor was switched on or off, or its recovery codes were made anew.</summary>
    SecondFactorChanged,

    /// <summary>A passkey was added, renamed or removed.</summary>
    PasskeyChanged,

    /// <summary>A person's own data was downloaded.</summary>
    PersonalDataDownloaded,

    /// <summary>Somebody was invited, registered or added.</summary>
    PersonAdded,

    /// <summary>A person's name, address, role, organisation or what they may see was changed.</summary>
    PersonChanged,

    /// <summary>A person may no longer sign in.</summary>
    PersonDeactivated,

    /// <summary>A person may sign in again.</summary>
    PersonReactivated,

    /// <summary>A person was made anonymous, for good.</summary>
    PersonErased,

    /// <summary>An organisation was added.</summary>
    OrganisationAdded,

    /// <summary>An organisation's name, domains, plan, times or services were changed.</summary>
    OrganisationChanged,

    /// <summary>A cloud service was added, renamed or removed.</summary>
    ServiceChanged,

    /// <summary>A draft of a policy was saved or thrown away.</summary>
    PolicyDrafted,

    /// <summary>A version of a policy was published.</summary>
    PolicyPublished,

    /// <summary>Open tickets were moved to another version of a policy.</summary>
    TicketsMoved,

    /// <summary>A version of a calendar was published.</summary>
    CalendarPublished,

    /// <summary>An API token was made.</summary>
    TokenMade,

    /// <summary>An API token was revoked.</summary>
    TokenRevoked,

    /// <summary>The on-call rota was changed.</summary>
    RotaChanged,

    /// <summary>The audit log, people or figures of compliance were exported.</summary>
    Exported,

    /// <summary>A report that comes by itself was added or removed.</summary>
    ReportScheduled,
}
