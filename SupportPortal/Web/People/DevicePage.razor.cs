using Microsoft.AspNetCore.Components;
using SupportPortal.Application.People;
using SupportPortal.Domain.People;

namespace SupportPortal.Web.People;

public sealed partial class DevicePage
{
    private IReadOnlyList<Device> _devices = [];
    private string? _here;

    [Inject]
    public required Devices Kept { get; init; }

    [Inject]
    internal PortalSignIn Session { get; init; } = null!;

    [Inject]
    public required NavigationManager Navigation { get; init; }

    [CascadingParameter]
    public required HttpContext HttpContext { get; set; }

    [SupplyParameterFromQuery]
    private string? Done { get; set; }

    private Actor Actor => HttpContext.User.RequireActor();

    protected override async Task OnInitializedAsync()
    {
        _here = HttpContext.User.ToDeviceId();
        _devices = [.. (await Kept.ListAsync(Actor.Id, HttpContext.RequestAborted)).OrderByDescending(d => d.Id == _here)];
    }

    private async Task EndAsync(string id)
    {
        await Kept.EndAsync(Actor, id, HttpContext.ToClient(), HttpContext.RequestAborted);
        Navigation.NavigateTo("/account/devices?done=one");
    }

    private async Task EndOthersAsync()
    {
        await Kept.EndOthersAsync(Actor, HttpContext.ToClient(), HttpContext.RequestAborted);
        await Session.StayAsync(Actor.Id);
        Navigation.NavigateTo("/account/devices?done=others");
    }
}
