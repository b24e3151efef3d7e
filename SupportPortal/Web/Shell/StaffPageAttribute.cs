using Microsoft.AspNetCore.Authorization;
using SupportPortal.Web.Startup;

namespace SupportPortal.Web.Shell;

/// <summary>A page of the desk: for staff only, in the staff layout, and not prerendered (its data would be loaded twice).</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class StaffPageAttribute : AuthorizeAttribute
{
    /// <summary>For all staff, unless a stricter policy is named.</summary>
    public StaffPageAttribute(string policy = Policies.Staff) : base(policy)
    {
    }
}
