using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using SupportPortal.Application.Storage;

namespace SupportPortal.Application.People;

/// <summary>One person, with all that changes them in the transaction that is under way.</summary>
internal sealed record PersonAct(PortalUser Person, UserManager<PortalUser> People, PeopleStore Store, AuthenticatorCodes Codes, PortalDb Db);

/// <summary>Does something to one person in one transaction, in which Identity's own writes and ours are kept together.</summary>
public sealed class PersonActs(IServiceScopeFactory scopes, WriteGate gate)
{
    /// <summary>Does it and commits; an exception rolls it back. Answers <paramref name="nobody"/> when there is no such person.</summary>
    internal async Task<T> DoAsync<T>(string personId, T nobody, Func<PersonAct, Task<T>> act, CancellationToken cancellation)
    {
        await using var scope = scopes.CreateAsyncScope();
        var all = scope.ServiceProvider;
        var db = all.GetRequiredService<PortalDb>();
        var people = all.GetRequiredService<UserManager<PortalUser>>();
        using var turn = await gate.TakeTurnAsync(cancellation);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await PeopleTurn.TakeAsync(db, cancellation); // Of wrong tries that come at once each counts.
        if (await people.FindByIdAsync(personId) is not { } person) return nobody;
        var answer = await act(new PersonAct(person, people, all.GetRequiredService<PeopleStore>(), all.GetRequiredService<AuthenticatorCodes>(), db));
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(CancellationToken.None); // A commit given up half-way would leave its outcome unknown.
        return answer;
    }

    /// <summary>What cannot be refused for anything that the person typed.</summary>
    internal static void Require(IdentityResult outcome)
    {
        if (!outcome.Succeeded) throw new InvalidOperationException(string.Join(' ', outcome.Errors.Select(e => e.Description)));
    }
}
