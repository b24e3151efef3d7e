using System.CommandLine;
using System.CommandLine.Parsing;
using Microsoft.EntityFrameworkCore;
using SupportPortal.Application.People;
using SupportPortal.Application.Storage;
using SupportPortal.Domain.People;

namespace SupportPortal.Web.Commands;

internal static class UserVerbs
{
    public static Command Make()
    {
        var email = new Argument<string>("email") { Description = "The e-mail address to sign in with." };
        var role = new Option<Role>("--role") { Description = "Customer, Agent, Manager or Administrator.", Required = true, CustomParser = ReadRole };
        var organisation = new Option<string?>("--organisation") { Description = "A customer's organisation; made if there is none of that name." };
        var name = new Option<string?>("--name") { Description = "The name others read." };
        var add = new Command("add", "Makes a person. The password comes on stdin; without one a link to set it is printed.") { email, role, organisation, name };
        add.SetAction((parsed, cancellation) => AddAsync(
            new NewPerson(parsed.GetRequiredValue(email), parsed.GetValue(role), parsed.GetValue(name), parsed.GetValue(organisation)), cancellation));
        return new Command("user", "People.") { add };
    }

    private static async Task<int> AddAsync(NewPerson person, CancellationToken cancellation)
    {
        await using var portal = CommandLine.OpenPortal();
        await portal.Services.GetRequiredService<IDbContextFactory<PortalDb>>().MigrateAsync(cancellation);
        var desk = portal.Services.GetRequiredService<PeopleDesk>();
        var password = Console.IsInputRedirected ? await Console.In.ReadLineAsync(cancellation) : null;
        if (password is "") password = null;

        var (added, refused) = await desk.AddAsync(person with { Password = password }, Actor.System, cancellation);
        if (refused is not null) return CommandLine.Refuse(refused.Message);
        if (password is null) Console.WriteLine(await portal.Services.GetRequiredService<AccountLinks>().ToSetPasswordAsync(added!));
        else await Console.Error.WriteLineAsync($"Added {added!.Email}.");
        return 0;
    }

    private static Role ReadRole(ArgumentResult argument)
    {
        var text = argument.Tokens is [var only] ? only.Value : "";
        if (!int.TryParse(text, out _) && Enum.TryParse<Role>(text, ignoreCase: true, out var role)) return role;
        argument.AddError($"'{text}' is not a role: use {string.Join(", ", Enum.GetNames<Role>())}.");
        return default;
    }
}
