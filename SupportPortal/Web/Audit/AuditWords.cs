using Humanizer;
using SupportPortal.Application.Audit;

namespace SupportPortal.Web.Audit;

/// <summary>Acts of the audit log in words, and in the address.</summary>
public static class AuditWords
{
    /// <summary>"Sign in refused".</summary>
    public static string Title(AuditAct act) => act.ToString().Humanize(LetterCasing.Sentence);

    /// <summary>The act of that name, however it is spelled; null when there is none.</summary>
    public static AuditAct? Find(string word)
    {
        foreach (var act in Enum.GetValues<AuditAct>())
        {
            if (string.Equals(act.ToString(), word, StringComparison.OrdinalIgnoreCase)) return act;
        }

        return null;
    }
}
