using System.Text.Json;

namespace SupportPortal.Application.Sla;

/// <summary>The API's words for the members of an enum: camelCase, read exactly.</summary>
public static class Words
{
    /// <summary>The word for a member.</summary>
    public static string Of<T>(T member) where T : struct, Enum => Known<T>.Words[Array.IndexOf(Known<T>.Members, member)];

    /// <summary>The member for a word.</summary>
    public static bool TryRead<T>(string? word, out T member) where T : struct, Enum
    {
        var i = Array.IndexOf(Known<T>.Words, word);
        member = i < 0 ? default : Known<T>.Members[i];
        return i >= 0;
    }

    /// <summary>Every word, for a sentence that says what would have been right.</summary>
    public static string All<T>() where T : struct, Enum => string.Join(", ", Known<T>.Words);

    private static class Known<T> where T : struct, Enum
    {
        public static readonly T[] Members = Enum.GetValues<T>();
        public static readonly string[] Words = [.. Members.Select(m => JsonNamingPolicy.CamelCase.ConvertName(m.ToString()))];
    }
}
