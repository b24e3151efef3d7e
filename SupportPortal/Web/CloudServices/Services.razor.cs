using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using SupportPortal.Application.CloudServices;
using SupportPortal.Application.People;
using SupportPortal.Domain;
using SupportPortal.Domain.People;

namespace SupportPortal.Web.CloudServices;

/// <summary>The services that customers can name as affected.</summary>
public sealed partial class Services(ServiceDesk desk)
{
    private IReadOnlyList<ServiceView>? _services;
    private ElementReference _field;
    private Actor? _me;
    private int? _renamed;
    private string? _name, _newName;
    private string? _problem, _addProblem, _renameProblem;
    private string? _said;
    private bool _acting, _toField;

    [CascadingParameter]
    public required Task<AuthenticationState> SignedIn { get; set; }

    protected override async Task OnInitializedAsync()
    {
        _me = (await SignedIn).User.RequireActor();
        _services = await desk.ListAsync();
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!_toField) return;
        _toField = false;
        await _field.FocusAsync();
    }

    private async Task AddAsync()
    {
        var name = _name ?? "";
        _addProblem = (await ActAsync(() => desk.AddAsync(_me!, name), $"{name.Trim()} was added."))?.Message;
        if (_addProblem is null) _name = null;
    }

    private void BeginRename(ServiceView service) => (_renamed, _newName, _renameProblem, _toField) = (service.Id, service.Name, null, true);

    private async Task RenameAsync()
    {
        var (id, name) = (_renamed!.Value, _newName ?? "");
        _renameProblem = (await ActAsync(() => desk.RenameAsync(_me!, id, name), "Renamed."))?.Message;
        if (_renameProblem is null) _renamed = null;
    }

    private async Task RemoveAsync(ServiceView service) => _problem = (await ActAsync(() => desk.RemoveAsync(_me!, service.Id), $"{service.Name} was removed."))?.Message;

    private async Task<Refusal?> ActAsync(Func<Task<Refusal?>> act, string said)
    {
        (_acting, _said, _problem) = (true, null, null);
        try
        {
            var refused = await act();
            if (refused is null) _said = said;
            _services = await desk.ListAsync();
            return refused;
        }
        finally
        {
            _acting = false;
        }
    }
}
