using System.Text;
using Microsoft.AspNetCore.Identity;

namespace SupportPortal.Application.People;

/// <summary>
/// What a password must be, wherever one is set: long, and neither among those that everybody tries first nor made of the person's own
/// name. The list is the most common passwords of known breaches.
/// </summary>
public sealed class PasswordRule : IPasswordValidator<PortalUser>
{
    /// <summary>The fewest characters (OWASP ASVS 4.0.3, 2.1.1).</summary>
    public const int Shortest = 12;

    /// <summary>The rule as forms tell it.</summary>
    public const string Hint = "At least 12 characters, and not one of the passwords that everybody tries. A few words in a row are easier to remember than signs.";

    private const string List = "SupportPortal.Application.People.common-passwords.txt";

    // What people put around a word to make it look like a password.
    private const string Around = "0123456789 .,;:!?-_+*#@$%&/()=<>~'\"^";

    private static readonly (char Sign, char Letter)[] Disguises = [('@', 'a'), ('4', 'a'), ('3', 'e'), ('1', 'i'), ('!', 'i'), ('0', 'o'), ('$', 's'), ('5', 's'), ('7', 't')];

    private static readonly IdentityError Common = new() { Code = "PasswordCommon", Description = "This password, or one much like it, is on the lists that are tried first. Choose another." };
    private static readonly IdentityError Own = new() { Code = "PasswordOwn", Description = "Take a password that is not made of your name, your address or the portal's name." };

    /// <inheritdoc/>
    public Task<IdentityResult> ValidateAsync(UserManager<PortalUser> manager, PortalUser user, string? password)
    {
        if (string.IsNullOrEmpty(password)) return Task.FromResult(IdentityResult.Success); // Its length is judged elsewhere.
        var problem = IsCommon(password) ? Common : IsOwn(password, user) ? Own : null;
        return Task.FromResult(problem is null ? IdentityResult.Success : IdentityResult.Failed(problem));
    }

    /// <summary>Whether it is a password of the list: as it stands, said twice, with letters written as digits, or with a number put around it.</summary>
    public static bool IsCommon(string password)
    {
        var plain = password.ToLowerInvariant();
        var core = plain.Trim([.. Around]);
        if (core.Length == 0) return true; // Nothing but digits and signs.
        HashSet<string> forms = [plain, core, Letters(plain), Letters(core)];
        foreach (var form in forms.ToList())
        {
            if (form.Length % 2 == 0 && form[..(form.Length / 2)] is { Length: > 3 } half && form.EndsWith(half, StringComparison.Ordinal)) forms.Add(half);
        }

        using var list = new StreamReader(typeof(PasswordRule).Assembly.GetManifestResourceStream(List)!);
        while (list.ReadLine() is { } common)
        {
            if (forms.Contains(common)) return true;
        }

        return false;
    }

    // Whether too little is left without the words that anybody would try for this person.
    private static bool IsOwn(string password, PortalUser user)
    {
        var left = password.ToLowerInvariant();
        var address = user.Email?.Split('@')[0] ?? "";
        var own = $"{user.Name} {address}".Split([' ', '.', '-', '_', '+'], StringSplitOptions.RemoveEmptyEntries);
        foreach (var word in own.Concat(["supportportal", "support-portal", "support portal", address]).Where(word => word.Length > 3).OrderByDescending(word => word.Length))
            left = left.Replace(word, "", StringComparison.OrdinalIgnoreCase);
        return left.Length < password.Length && left.Count(char.IsLetterOrDigit) < 8;
    }

    private static string Letters(string password)
    {
        var plain = new StringBuilder(password);
        foreach (var (sign, letter) in Disguises) plain.Replace(sign, letter);
        return plain.ToString();
    }
}
