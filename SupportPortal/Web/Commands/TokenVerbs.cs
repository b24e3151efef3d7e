using System.CommandLine;
using System.CommandLine.Parsing;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using NodaTime.Text;
using SupportPortal.Application.People;
using SupportPortal.Application.Storage;
using SupportPortal.Domain;

namespace SupportPortal.Web.Commands;

internal static class TokenVerbs
{
    public static Command Make()
    {
        var email = new Argument<string>("email") { Description = "Whose rights the token has." };
        var expires = new Option<Period?>("--expires") { Description = "An ISO 8601 period such as P30D; never when left out.", CustomParser = ReadPeriod };
        var scope = new Option<TokenScope>("--scope") { Description = "all (when left out) or read.", CustomParser = ReadScope, DefaultValueFactory = _ => TokenScope.All };
        var create = new Command("create", "Makes an API token and prints it, nothing else.") { email, expires, scope };
        create.SetAction((parsed, cancellation) => CreateAsync(parsed.GetRequiredValue(email), parsed.GetValue(expires), parsed.GetValue(scope), cancellation));
        return new Command("token", "API tokens.") { create };
    }

    private static async Task<int> CreateAsync(string email, Period? expires, TokenScope scope, CancellationToken cancellation)
    {
        await using var portal = CommandLine.OpenPortal();
        await portal.Services.GetRequiredService<IDbContextFactory<PortalDb>>().MigrateAsync(cancellation);
        if (await portal.Services.GetRequiredService<PeopleDesk>().FindByEmailAsync(email) is not { } owner)
            return CommandLine.Refuse($"There is no account for '{email}'. Make one with: user add {email} --role …");

        var now = portal.Services.GetRequiredService<TimeProvider>().Now();
        Instant? end = expires is null ? null : now.InUtc().LocalDateTime.Plus(expires).InUtc().ToInstant();
        var (made, refused) = await portal.Services.GetRequiredService<ApiTokens>().MakeAsync(null, owner.Id, "command line", end, scope, cancellation);
        if (refused is not null) return CommandLine.Refuse(refused.Message);
        Console.WriteLine(made!.Secret);
        return 0;
    }

    private static TokenScope ReadScope(ArgumentResult argument)
    {
        var text = argument.Tokens is [var only] ? only.Value : "";
        if (!int.TryParse(text, out _) && Enum.TryParse<TokenScope>(text, ignoreCase: true, out var scope)) return scope;
        argument.AddError($"'{text}' is not a scope: use all or read.");
        return default;
    }

    private static Period? ReadPeriod(ArgumentResult argument)
    {
        var text = argument.Tokens is [var only] ? only.Value : "";
        if (PeriodPattern.NormalizingIso.Parse(text) is { Success: true, Value: var period }) return period;
        argument.AddError($"'{text}' is not an ISO 8601 period such as P30D.");
        return null;
    }
}
