namespace SupportPortal.Web.Shell;

/// <summary>Two letters that stand for a person in a small circle.</summary>
public static class Initials
{
    /// <summary>"Ada Lovelace" is AL, "ada@example.com" is A, nobody is "?".</summary>
    public static string Of(string? name)
    {
        var words = (name ?? "").Split('@')[0].Split([' ', '.', '-'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return words switch
        {
            [] => "?",
            [var only] => only[..1].ToUpperInvariant(),
            [var first, .., var last] => (first[..1] + last[..1]).ToUpperInvariant(),
        };
    }
}
