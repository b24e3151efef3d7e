using System.Security.Cryptography;
using System.Text;
using MimeKit;
using NodaTime;
using SupportPortal.Application.People;
using SupportPortal.Application.Reminders;
using SupportPortal.Application.Reports;
using SupportPortal.Application.Tickets;
using SupportPortal.Domain.Tickets;

namespace SupportPortal.Application.Channels.Email;

/// <summary>What a mail says: plain text, short, with the way to the request.</summary>
public static class MailText
{
    /// <summary>The mail about one event. The same event always makes the same message id, so that a mail server can tell a repeat.</summary>
    public static MimeMessage For(TicketHistory history, TicketEvent happened, MailboxAddress from, MailboxAddress to, string? publicUrl)
    {
        var number = new TicketNumber(history.Ticket.Id).ToString();
        var (headline, text) = Said(happened.Fact, history.Ticket, isTheirs: true);
        var link = publicUrl is null ? "" : $"\n\nFollow it here: {publicUrl.TrimEnd('/')}/requests/{number}";
        var message = Message($"[{number}] {history.Ticket.Report.Subject.Text ?? headline}", $"{number}.{happened.Version}", happened.At, $"{headline}{(text is null ? "" : $"\n\n{text}")}{link}\n", from, to);
        if (happened.Version > 1) message.InReplyTo = $"{number}.1@{from.Domain}";
        return message;
    }

    /// <summary>The same for somebody who watches the request, or gets copies: with why they are written to, and the way to end it.</summary>
    /// <param name="stopLink">The link that ends copies to this address; null for a person who watches.</param>
    public static MimeMessage ForFollower(TicketHistory history, TicketEvent happened, MailboxAddress from, MailboxAddress to, string? publicUrl, string? stopLink)
    {
        var number = new TicketNumber(history.Ticket.Id).ToString();
        var (headline, text) = Said(happened.Fact, history.Ticket, isTheirs: false);
        var page = publicUrl is null ? null : $"{publicUrl.TrimEnd('/')}/requests/{number}";
        var why = stopLink is not null ? $"You get this mail because copies for this request go to your address. Stop them here: {stopLink}"
            : page is not null ? $"You get this mail because you watch this request. Follow it, or stop watching, here: {page}"
            : "You get this mail because you follow this request.";
        var message = Message($"[{number}] {history.Ticket.Report.Subject.Text ?? headline}", $"{number}.{happened.Version}.{Reader(to)}", happened.At, $"{headline}{(text is null ? "" : $"\n\n{text}")}\n\n{why}\n", from, to);
        message.InReplyTo = $"{number}.1@{from.Domain}";
        if (stopLink is not null) message.Headers.Add(HeaderId.ListUnsubscribe, $"<{stopLink}>");
        return message;
    }

    /// <summary>The mail about a reminder, to a member of staff.</summary>
    public static MimeMessage For(Reminder reminder, string subject, MailboxAddress from, MailboxAddress to, string? publicUrl)
    {
        var number = new TicketNumber(reminder.TicketId).ToString();
        var due = reminder.DueAt is { } at ? $"\n\nDue: {at:uuuu'-'MM'-'dd HH':'mm} UTC." : "";
        var late = reminder.IsLate ? $"\n\nThis comes late: it fell due at {reminder.At:uuuu'-'MM'-'dd HH':'mm} UTC." : "";
        var link = publicUrl is null ? "" : $"\n\nOpen it here: {publicUrl.TrimEnd('/')}/desk/tickets/{number}";
        return Message($"[{number}] {reminder.Headline}: {subject}", $"reminder-{reminder.Id}.{Reader(to)}", reminder.RaisedAt, $"{reminder.Headline}. {reminder.Severity.Title}.{due}\n\n{reminder.WhatToSay}{late}{link}\n", from, to);
    }

    /// <summary>The mail about an account.</summary>
    public static MimeMessage For(OutgoingMail mail, WrittenLetter letter, MailboxAddress from, MailboxAddress to) =>
        Message(letter.Subject, $"account-{mail.Id}", mail.CreatedAt, letter.Text, from, to);

    /// <summary>The mail that brings a report.</summary>
    /// <param name="bytes">The file; null where it is too large for a mail.</param>
    public static MimeMessage For(MadeReport report, byte[]? bytes, string brand, MailboxAddress from, MailboxAddress to, string? publicUrl)
    {
        var how = bytes is not null ? $"The report is attached. It is report {report.Id}, and ends with a digest by which {brand} verifies that it is whole and unchanged."
            : $"The report is too large for a mail.{(publicUrl is null ? "" : $" A manager can have it made here: {publicUrl.TrimEnd('/')}/compliance")}";
        var text = $"{report.Title}\n{report.Subtitle}\n\n{how}\n";
        var message = Message($"{report.Title}, {report.Subtitle}", $"report-{report.Id}.{Reader(to)}", report.At, text, from, to);
        if (bytes is null) return message;
        var body = new BodyBuilder { TextBody = text };
        body.Attachments.Add(ReportFile.NameOf(report.Id, report.Format), bytes, ContentType.Parse(ReportFile.MediaTypeOf(report.Format)));
        message.Body = body.ToMessageBody();
        return message;
    }

    private static MimeMessage Message(string subject, string id, Instant at, string text, MailboxAddress from, MailboxAddress to)
    {
        var message = new MimeMessage { Subject = subject, MessageId = $"{id}@{from.Domain}", Date = at.ToDateTimeOffset(), Body = new TextPart("plain") { Text = text } };
        message.From.Add(from);
        message.To.Add(to);
        message.Headers.Add("Auto-Submitted", "auto-generated");
        return message;
    }

    // The same reader's mail about the same thing has the same id, however often it is sent.
    private static string Reader(MailboxAddress to) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(to.Address)))[..16];

    private static (string Headline, string? Text) Said(TicketFact fact, Ticket ticket, bool isTheirs)
    {
        var whose = isTheirs ? "Your" : "The";
        return fact switch
        {
            Reported reported => (isTheirs ? "We received your request. Support will assess it." : "This request was received. Support will assess it.", reported.Description.Text),
            StaffReplied reply => (isTheirs ? "Support replied to your request." : "Support replied to the request.", reply.Body.Text),
            SeverityChanged change => ($"{whose} request is now {change.To.Title}.", change.Reason.Text),
            WorkaroundRecorded workaround => ("There is a workaround.", workaround.Description.Text),
            PatchProvided patch => ("The emergency patch is ready.", patch.Description.Text),
            ResolutionProposed proposal => (isTheirs ? "Support proposes a solution. Please accept or reject it." : "Support proposes a solution.", proposal.Summary.Text),
            Resolved resolved => (isTheirs ? "Your request is resolved. You can accept the resolution, or reject it." : "The request is resolved.", resolved.Summary?.Text),
            Reopened reopened => ($"{whose} request was reopened.", reopened.Reason?.Text),
            _ => ($"{whose} request changed: it is {ticket.Status.Title}.", null),
        };
    }
}
