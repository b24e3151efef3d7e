namespace SupportPortal.Domain.Tickets;

/// <summary>How a request was resolved.</summary>
public enum ResolutionKind
{
    /// <summary>The cause was removed.</summary>
    Fix,

    /// <summary>A workaround the customer can live with.</summary>
    Workaround,

    /// <summary>The service was restored.</summary>
    Restoration,

    /// <summary>Another solution mutually agreed: proposed until the customer's acceptance is on record.</summary>
    Agreed,
}

/// <summary>Where a request stands.</summary>
public enum TicketStatus
{
    /// <summary>Reported or reopened; nobody has started work.</summary>
    New,

    /// <summary>Somebody works on it.</summary>
    InProgress,

    /// <summary>Staff asked the customer for something.</summary>
    WaitingOnCustomer,

    /// <summary>An agreed solution was proposed and awaits the customer's acceptance.</summary>
    ResolutionProposed,

    /// <summary>Resolved; the customer may accept or reject.</summary>
    Resolved,

    /// <summary>The customer accepted, or it was merged. Can be reopened.</summary>
    Closed,
}

/// <summary>Names of statuses, said the same way everywhere.</summary>
public static class TicketStatusNames
{
    extension(TicketStatus status)
    {
        /// <summary>The words of the page: "Waiting on customer".</summary>
        public string Title => status switch
        {
            TicketStatus.New => "New",
            TicketStatus.InProgress => "In progress",
            TicketStatus.WaitingOnCustomer => "Waiting on customer",
            TicketStatus.ResolutionProposed => "Resolution proposed",
            TicketStatus.Resolved => "Resolved",
            _ => "Closed",
        };

        /// <summary>Whether something may still be owed: everything but resolved and closed.</summary>
        public bool IsOpen => status < TicketStatus.Resolved;
    }
}
