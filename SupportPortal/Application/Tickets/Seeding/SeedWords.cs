namespace SupportPortal.Application.Tickets.Seeding;

/// <summary>What people write. A brace takes a word of the same service or a number, so that sentences differ.</summary>
internal static class SeedWords
{
    public static readonly string[] Services = ["Billing", "Sign-in", "Reporting", "Data import", "Mobile app", "API", "Search", "File storage", "Notifications", "Dashboards"];

    public static readonly string[] Critical =
    [
        "{0} is down for everybody", "{0} answers only with error 503", "Records of {1} customers have vanished from {0}", "Nobody can work: {0} does not load",
        "{0} lost everything entered since {2}:00", "All requests to {0} time out",
    ];

    public static readonly string[] High =
    [
        "{0} takes {1} seconds to open a page", "Every second upload to {0} fails", "{0} shows yesterday's figures only", "{0} signs people out after {2} minutes",
        "Exports from {0} stop at row {1}", "{0} mixes up the currencies of {2} branches", "Jobs in {0} wait for hours", "Half of our {0} webhooks never arrive",
    ];

    public static readonly string[] Normal =
    [
        "The date format in {0} ignores our settings", "A typing error on the {0} page", "How do we add {2} more people to {0}?", "{0}: column {2} cannot be sorted",
        "{0} sends its weekly mail twice", "The {0} logo is blurred on paper", "Filter in {0} forgets its choice", "Umlauts are garbled in {0} CSV files",
        "Please raise our {0} quota to {1}", "{0}: keyboard focus jumps on page {2}", "Old entries stay visible in {0}", "{0} help page leads nowhere",
    ];

    public static readonly string[] Descriptions =
    [
        "Since {2}:15 today {0} has been behaving like this for about {1} of us. Reloading does not help, another browser does not either.\n\nWe expected it to work as it did last week.",
        "Steps:\n\n1. Open **{0}**\n2. Choose entry {1}\n3. Wait\n\nThe page stays as it is. The log says `code {1}-{2}`.",
        "Our team in branch {2} noticed it first, now everyone does. It concerns {0} only.\n\n> error reference {1}\n\nCan you tell us what is going on?",
        "It started after your update of last night. {0} worked before. We have {1} records waiting and month end is in {2} days.",
        "This is small, but it costs each of us some minutes a day in {0}. A hint how to get around it would be enough (we are {1} people).",
    ];

    public static readonly string[] Replies =
    [
        "Thank you for the report. We can see it in {0} as well and are looking for the cause.",
        "We have found where it comes from: a setting of {0} that changed with the last release. We are testing a correction.",
        "The correction for {0} is being rolled out; {1} of your records are through already.",
        "Could you send us the time of the last failure and the reference shown on the page?",
        "We restarted the part of {0} that hung and are watching it. So far {2} minutes without a failure.",
        "A short update: we are still on it and have narrowed it down to the connection between {0} and its database.",
    ];

    public static readonly string[] CustomerReplies =
    [
        "It happened again at {2}:40, reference {1}.", "Thanks, that helps. Two of us still see it in {0}.", "Any news? Our people are asking.",
        "I attached nothing, the page is simply empty.", "Yes, it is the same in every browser.",
    ];

    public static readonly string[] Notes =
    [
        "Looks like the one from last month in {0}; compare reference {1}.", "Asked the {0} team, they look at shard {2}.", "Customer is on the old client. Check before answering.",
    ];

    public static readonly string[] Reasons =
    [
        "The impact is wider than first reported.", "Services are unavailable to all of their people.", "The essential part works again; what is left can wait.",
        "A workaround is in place and holds.", "More branches are concerned.",
    ];

    public static readonly string[] Workarounds = ["Use the {0} page of the second region until tomorrow.", "Switch off the preview in the settings of {0}; everything else works.", "Export in parts of {1} rows."];

    public static readonly string[] Summaries =
    [
        "The setting of {0} was corrected and the figures were computed anew.", "We replaced the faulty part of {0}; a release note follows.", "{0} is restored; no data was lost.",
        "As agreed we raised the limit to {1} and look at it again in {2} weeks.",
    ];

    public static readonly string[] Reopenings = ["It is back since this morning.", "Only half of {0} works.", "The same error, reference {1}."];

    public static readonly string[] Comments = ["Quick and clear, thank you.", "Took a while, but solved.", "Fine.", "We would have liked to hear from you sooner."];

    public static readonly string[] Tags = ["export", "performance", "login", "mobile", "data", "wording", "quota", "webhook"];
}
