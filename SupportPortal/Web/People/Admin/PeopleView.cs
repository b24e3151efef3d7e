using SupportPortal.Application.People;
using SupportPortal.Domain.People;

namespace SupportPortal.Web.People.Admin;

/// <summary>What the address of the list of people asks for, and back: it can be kept, and sent to a colleague.</summary>
public sealed record PeopleView
{
    public string? Text { get; init; }

    public string? Role { get; init; }

    public string? Organisation { get; init; }

    public string? State { get; init; }

    /// <summary>The id of the last person on the page before.</summary>
    public string? After { get; init; }

    /// <summary>Whether it narrows the list at all.</summary>
    public bool IsNarrow => new[] { Text, Role, Organisation, State }.Any(word => !string.IsNullOrWhiteSpace(word));

    /// <summary>The filter it stands for. A word that it does not know filters nothing.</summary>
    public PeopleFilter Filter => new()
    {
        Text = Text,
        Role = Known<Role>(Role),
        Organisation = Organisation,
        State = Known<PersonState>(State),
    };

    /// <summary>Its address.</summary>
    public string Address => "admin/people" + QueryString.Create(new Dictionary<string, string?>
    {
        ["q"] = Text,
        ["role"] = Role,
        ["organisation"] = Organisation,
        ["state"] = State,
        ["after"] = After,
    }.Where(part => !string.IsNullOrEmpty(part.Value)));

    /// <summary>A word of the address for a value.</summary>
    public static string Word<T>(T value) where T : struct, Enum => value.ToString().ToLowerInvariant();

    private static T? Known<T>(string? word) where T : struct, Enum
    {
        foreach (var value in Enum.GetValues<T>())
        {
            if (Word(value) == word) return value;
        }

        return null;
    }
}
