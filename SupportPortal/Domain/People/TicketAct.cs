namespace SupportPortal.Domain.People;

/// <summary>What can be done to a ticket, as <see cref="Access.WhyNot"/> judges it.</summary>
public enum TicketAct
{
    /// <summary>Writing to the other side.</summary>
    Reply,

    /// <summary>Adding a file that both sides see.</summary>
    AddFile,

    /// <summary>Asking how it stands.</summary>
    RequestStatus,

    /// <summary>Reopening what was resolved.</summary>
    Reopen,

    /// <summary>Accepting or rejecting a resolution.</summary>
    Judge,

    /// <summary>Giving stars for a resolution.</summary>
    Rate,

    /// <summary>Watching it oneself, or no longer.</summary>
    Watch,

    /// <summary>Choosing who watches it and who gets copies of its mails.</summary>
    ChooseFollowers,

    /// <summary>Grading or confirming the severity.</summary>
    Grade,

    /// <summary>Giving it to somebody, or to nobody.</summary>
    Assign,

    /// <summary>Taking it, setting it in progress.</summary>
    Take,

    /// <summary>Waiting on the customer.</summary>
    Wait,

    /// <summary>Recording a workaround.</summary>
    RecordWorkaround,

    /// <summary>Recording the emergency patch.</summary>
    RecordPatch,

    /// <summary>Resolving it.</summary>
    Resolve,

    /// <summary>Moving it to another version of its plan's policy.</summary>
    MovePolicy,

    /// <summary>Proposing, approving or taking back an exception from a promise that was not kept.</summary>
    Excuse,
}
