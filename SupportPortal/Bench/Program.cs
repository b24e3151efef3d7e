using SupportPortal.Bench;

// One command: publishes the portal, seeds it, loads it over loopback within bounds, prints a table and writes JSON.
if (Settings.TryRead(args) is not { } settings)
{
    await Console.Error.WriteLineAsync(Settings.Usage);
    return 2;
}

var report = new Report(settings);
if (settings.Runs("B13")) DomainCost.MeasureFold(report);
if (settings.Runs("B14")) DomainCost.MeasureBusinessTime(report);
if (settings.NeedsPortal)
{
    await using var portal = await Portal.PrepareAsync(settings);
    await StartUp.MeasureAsync(portal, settings, report);
    await ApiLoad.MeasureAsync(portal, settings, report);
    await BoardLoad.MeasureAsync(portal, settings, report);
}

await report.WriteAsync();
return 0;
