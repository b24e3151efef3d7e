using SupportPortal.Bench;
using SupportPortal.Bench.Crash;
using SupportPortal.Bench.Host;
using SupportPortal.Bench.Load;

// One command: publishes the portal, fills stores, loads it over loopback within bounds, prints a table and writes JSON.
if (Settings.TryRead(args) is not { } settings)
{
    await Console.Error.WriteLineAsync(Settings.Usage);
    return 2;
}

var report = new Report(settings);
var isWhole = true;
if (settings.Runs("B13")) DomainCost.MeasureFold(report);
if (settings.Runs("B14")) DomainCost.MeasureBusinessTime(report);
if (settings.NeedsPortal)
{
    var published = await Published.PrepareAsync(settings);
    if (settings.RunsAny("B1", "B3", "B4", "B9", "B18"))
    {
        await using var portal = Portal.On(await Store.BusyAsync(published, settings.Tickets));
        await StartUp.MeasureAsync(portal, settings, report);
        await ApiLoad.MeasureAsync(portal, settings, report);
        await BoardLoad.MeasureAsync(portal, settings, report);
    }

    if (settings.RunsAny("B10", "B11", "B12"))
    {
        await using var portal = await Portal.StartedOnAsync(await Store.QuietAsync(published, settings.Tickets));
        if (settings.Runs("B12")) await BoardLoad.MeasureIdleAsync(portal, report);
        await CircuitCost.MeasureAsync(portal, settings, report);
    }

    if (settings.Runs("B5")) await Ladder.MeasureAsync(published, settings, report);
    if (settings.Runs("B7")) await IdleCost.MeasureAsync(published, settings, report);
    if (settings.Runs("B8")) await DueAtOnce.MeasureAsync(published, settings, report);
    if (settings.Runs("B15")) await ComplianceCost.MeasureAsync(published, settings, report);
    if (settings.Runs("REPORTS")) await ReportCost.MeasureAsync(published, report);
    if (settings.Runs("B16")) await WhatIfCost.MeasureAsync(published, settings, report);
    if (settings.Runs("B19")) await StackMemory.MeasureAsync(published, settings, report);
    if (settings.Runs("CRASH")) isWhole = await CrashLoop.MeasureAsync(published, settings, report);
}

await report.WriteAsync();
return isWhole ? 0 : 1;
