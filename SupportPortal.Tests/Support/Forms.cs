using System.Net;
using System.Text.RegularExpressions;

namespace SupportPortal.Tests.Support;

/// <summary>Static pages' forms, posted as a browser without scripts would.</summary>
internal static partial class Forms
{
    /// <summary>Opens the page, then posts its form of this name with the antiforgery token of the page.</summary>
    public static async Task<HttpResponseMessage> PostFormAsync(this HttpClient client, string page, string form, params (string Name, string Value)[] fields)
    {
        var shown = await client.GetStringAsync(new Uri(page, UriKind.Relative));
        return await client.PostAsync(new Uri(page, UriKind.Relative), Content(shown, form, fields));
    }

    /// <summary>The fields with the antiforgery token found in a page.</summary>
    public static FormUrlEncodedContent Content(string page, string form, params (string Name, string Value)[] fields)
    {
        return new([new("_handler", form), new("__RequestVerificationToken", TokenOf(page)), .. fields.Select(f => KeyValuePair.Create(f.Name, f.Value))]);
    }

    /// <summary>The antiforgery token of a page.</summary>
    public static string TokenOf(string page) => WebUtility.HtmlDecode(Token().Match(page).Groups[1].Value);

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex Token();
}
