using NodaTime;
using SupportPortal.Application.People;
using SupportPortal.Application.Sla;
using SupportPortal.Domain;
using SupportPortal.Domain.People;
using SupportPortal.Domain.Tickets;

namespace SupportPortal.Application.Tickets.Seeding;

/// <summary>A dozen requests of the demo people, so that a newcomer's board looks alive: new, answered, waiting, overdue, resolved.</summary>
public sealed class DemoTickets(PeopleDesk people, TicketSeeder seeder, PolicyStore policies, TimeProvider clock)
{
    /// <summary>Adds them, told relative to now.</summary>
    public async Task AddAsync(CancellationToken cancellation)
    {
        var (casey, robin) = (await ActorAsync("customer@demo.example"), await ActorAsync("customer2@demo.example"));
        var (ada, max) = (await ActorAsync("agent@demo.example"), await ActorAsync("manager@demo.example"));
        TicketPast[] pasts = [.. Triage(casey, robin), .. Critical(casey, robin, ada, max), .. High(casey, robin, ada, max), .. Normal(casey, robin, ada), .. Done(casey, robin, ada, max)];
        await seeder.WriteAsync([.. pasts.OrderBy(p => p.Events[0].At).Select(p => p.Events)], cancellation);
    }

    private TicketPast[] Triage(Actor casey, Actor robin) =>
    [
        Report(casey, 9, "Checkout rejects every card", "Since 20 minutes no customer can pay. The page says **payment provider unavailable**; the provider's own status page is green.",
            "Billing", Impact.ProductionStopped),
        Report(robin, 200, "Search finds articles we deleted", "Articles deleted last week still come up in the search, their links lead to *not found*.", "Search", Impact.PartialOrMinor, Workaround.ShortTerm),
        Report(casey, 1475, "Which countries can we ship invoices to?", "We open a branch in Norway in spring. Does the invoice export know Norwegian VAT?", "Billing", Impact.PartialOrMinor, Workaround.Suitable),
    ];

    private TicketPast[] Critical(Actor casey, Actor robin, Actor ada, Actor max) =>
    [
        Report(robin, 62, "Nobody can sign in", "All 300 of us are locked out. The sign-in page turns for a minute and then shows error 503.", "Sign-in", Impact.ProductionStopped)
            .Wait(Minutes(6)).Then(ada, t => Grade(t, ada, Severity.Critical, "Nobody at Contoso can work."))
            .Wait(Minutes(5)).Then(ada, t => t.Take(ada))
            .Then(ada, t => t.Reply(ada, Say("We see the failures too: the session store ran full. We are adding space and will write every half hour at the latest.")))
            .Wait(Minutes(26)).Then(ada, t => t.Reply(ada, Say("The store has space again. Sign-in works for two thirds of you; the rest follows as the caches empty.")))
            .Wait(Minutes(12)).Then(ada, _ => Ticket.AddNote(ada, Say("Root cause: the clean-up job was switched off on Friday. Needs an alarm."))),
        Report(casey, 190, "Orders of this morning are gone", "The order list ends at 6:40. Everything entered since then is missing, some 140 orders.", "Data import", Impact.DataLoss)
            .Wait(Minutes(10)).Then(max, t => Grade(t, max, Severity.Critical, "Data is missing and nobody can tell customers when they will get their goods."))
            .Wait(Minutes(20)).Then(max, t => t.Take(max))
            .Then(max, t => t.Reply(max, Say("We stopped the import so that nothing is overwritten, and are reading the orders from the journal.")))
            .Wait(Minutes(28)).Then(max, t => t.Reply(max, Say("96 of the 140 orders are back. The others follow from the second journal.")))
            .Wait(Minutes(70)).Then(casey, t => t.RequestStatus(casey)),
    ];

    private TicketPast[] High(Actor casey, Actor robin, Actor ada, Actor max) =>
    [
        Report(casey, 500, "Dashboards take 40 seconds to open", "It was 2 seconds last week. Switching off the map helps a little.", "Dashboards", Impact.MajorFeatureDegraded)
            .Wait(Minutes(35)).Then(ada, t => Grade(t, ada, Severity.High, "The morning meeting depends on them."))
            .Wait(Minutes(50)).Then(ada, t => t.Take(ada))
            .Then(ada, t => t.Reply(ada, Say("We can measure it here: one query lost its index in the last release. A patch is being built."))),
        Report(robin, 900, "Webhooks arrive twice", "Every delivery since yesterday comes two times with different ids, so our de-duplication does not help.", "API", Impact.MajorFeatureDegraded, Workaround.ShortTerm)
            .Wait(Minutes(60)).Then(max, t => Grade(t, max, Severity.High, "Orders are being booked twice."))
            .Wait(Minutes(30)).Then(max, t => t.Take(max))
            .Then(max, t => t.Reply(max, Say("Please compare the header `Delivery-Of`: it is the same for both. A correction goes out tonight.")))
            .Then(max, t => t.RecordWorkaround(max, Say("Compare the header `Delivery-Of` instead of the delivery's id.")))
            .Wait(Minutes(300)).Then(robin, t => t.Reply(robin, Say("The header works for us, thank you.")))
            .Wait(Minutes(90)).Then(max, t => t.Reply(max, Say("Good. The correction is tested and goes out at 22:00."))),
        Report(robin, 1700, "Mobile app loses photos on upload", "About every third photo from the field is an empty file afterwards.", "Mobile app", Impact.MajorFeatureDegraded)
            .Wait(Minutes(90)).Then(ada, t => Grade(t, ada, Severity.High, "Field reports are incomplete."))
            .Wait(Minutes(60)).Then(ada, t => t.Take(ada))
            .Then(ada, t => t.Reply(ada, Say("Which version of the app do your people use, and does it happen on Wi-Fi too?")))
            .Then(ada, t => t.Wait(ada)),
    ];

    private TicketPast[] Normal(Actor casey, Actor robin, Actor ada) =>
    [
        Report(casey, 1200, "Weekly report comes on Sunday", "We asked for Monday mornings in the settings.", "Reporting", Impact.PartialOrMinor, Workaround.ShortTerm)
            .Wait(Minutes(180)).Then(ada, t => Grade(t, ada, Severity.Normal, null)),
        Report(robin, 2900, "Umlauts are garbled in CSV exports", "München becomes MÃ¼nchen when the file is opened in a spreadsheet.", "Reporting", Impact.PartialOrMinor, Workaround.Suitable)
            .Wait(Minutes(240)).Then(ada, t => Grade(t, ada, Severity.Normal, null)).Then(ada, t => t.Take(ada))
            .Wait(Minutes(30)).Then(ada, t => t.Reply(ada, Say("Choose **UTF-8** in the spreadsheet's import for now. We are adding the mark that tells it so by itself.")))
            .Wait(Minutes(2500)).Then(robin, t => t.RequestStatus(robin)),
        Report(casey, 4100, "Can we get a second test environment?", "One for training, beside the one of our developers.", "API", Impact.PartialOrMinor, Workaround.Suitable)
            .Wait(Minutes(500)).Then(ada, t => Grade(t, ada, Severity.Normal, null)).Then(ada, t => t.Take(ada))
            .Then(ada, t => t.Reply(ada, Say("Yes. We propose one with yesterday's data, refreshed every night.")))
            .Wait(Minutes(900)).Then(ada, t => t.Resolve(ada, ResolutionKind.Agreed, Say("A training environment, refreshed every night, from the first of next month."))),
    ];

    private TicketPast[] Done(Actor casey, Actor robin, Actor ada, Actor max) =>
    [
        Report(casey, 5800, "File previews stay grey", "Since the update PDFs show a grey square instead of a preview.", "File storage", Impact.PartialOrMinor, Workaround.Suitable)
            .Wait(Minutes(300)).Then(ada, t => Grade(t, ada, Severity.Normal, null)).Then(ada, t => t.Take(ada))
            .Then(ada, t => t.Reply(ada, Say("The preview of PDFs was switched off by mistake. It is on again; please reload the page once.")))
            .Wait(Minutes(60)).Then(ada, t => t.Resolve(ada, ResolutionKind.Fix, Say("Previews of PDFs are switched on again."))),
        Report(robin, 9000, "Invoices cannot be downloaded", "Every download ends with *access denied*, for all of us in accounting.", "Billing", Impact.MajorFeatureDegraded)
            .Wait(Minutes(20)).Then(max, t => Grade(t, max, Severity.High, "Accounting cannot close the month."))
            .Wait(Minutes(500)).Then(max, t => t.Take(max))
            .Then(max, t => t.Reply(max, Say("Sorry for the wait. The rights of your accounting group were lost in a migration; they are back.")))
            .Wait(Minutes(30)).Then(max, t => t.Resolve(max, ResolutionKind.Fix, Say("The group's rights are restored, and the migration checks them now.")))
            .Wait(Minutes(800)).Then(robin, t => t.Accept(robin, Say("Works, thank you."))).Then(robin, t => t.Rate(robin, 4, Say("Solved for good, though we waited a morning."))),
    ];

    private TicketPast Report(Actor by, int minutesAgo, string subject, string description, string service, Impact impact, Workaround workaround = Workaround.None)
    {
        var now = clock.Now();
        var report = new Reported(Say(subject), Say(description), by.Id, by.OrganisationId, Channel.Portal, policies.Current.Reference, service, impact, workaround);
        return new TicketPast(by, report, now - Minutes(minutesAgo), now, policies.Catalogue.Version);
    }

    private static Decision Grade(Ticket ticket, Actor by, Severity to, string? reason) =>
        ticket.Grade(by, to, reason is null ? null : Say(reason), ticket.ReportedAt, Instant.MaxValue);

    private static SealedText Say(string text) => TicketDesk.Seal(text);

    private static Duration Minutes(int minutes) => Duration.FromMinutes(minutes);

    private async Task<Actor> ActorAsync(string email) =>
        (await people.FindByEmailAsync(email))?.ToActor() ?? throw new InvalidOperationException($"There is no demo person {email}.");
}
