using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Rendering;
using NodaTime;
using SupportPortal.Application.People;

namespace SupportPortal.Web.Shell;

/// <summary>Tells what is inside it the time zone of its reader's organisation: for times that are written before, or without, a browser saying its own.</summary>
public sealed class HomeZone(PeopleDirectory people) : ComponentBase
{
    private DateTimeZone _zone = DateTimeZone.Utc;

    [Parameter, EditorRequired]
    public required RenderFragment ChildContent { get; set; }

    [CascadingParameter]
    public required Task<AuthenticationState> Session { get; set; }

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync() => _zone = await people.ZoneAsync((await Session).User.ToActor()?.OrganisationId, CancellationToken.None);

    /// <inheritdoc/>
    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        builder.OpenComponent<CascadingValue<DateTimeZone>>(0);
        builder.AddComponentParameter(1, nameof(CascadingValue<>.Value), _zone);
        builder.AddComponentParameter(2, nameof(CascadingValue<>.ChildContent), ChildContent);
        builder.CloseComponent();
    }
}
