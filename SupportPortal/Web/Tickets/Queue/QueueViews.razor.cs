using Microsoft.AspNetCore.Components;
using SupportPortal.Application.Tickets;
using SupportPortal.Domain;
using SupportPortal.Domain.People;

namespace SupportPortal.Web.Tickets.Queue;

/// <summary>Views to go to, and the present one to keep or to forget.</summary>
public sealed partial class QueueViews(SavedViews saved)
{
    private static readonly (string Name, string Query)[] _everybodys =
    [
        ("All open", ""),
        ("Mine", new QueueView { Assignee = "me" }.Query),
        ("Unassigned", new QueueView { Assignee = "none" }.Query),
    ];

    private IReadOnlyList<SavedView> _own = [];
    private ElementReference _field;
    private Refusal? _refusal;
    private string _name = "";
    private bool _naming;
    private bool _toFocus;

    [Parameter, EditorRequired]
    public required Actor Actor { get; set; }

    /// <summary>What the page shows now.</summary>
    [Parameter, EditorRequired]
    public required QueueView View { get; set; }

    private string Query => (View with { After = null }).Query;

    protected override async Task OnInitializedAsync() => _own = await saved.OfAsync(Actor);

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!_toFocus) return;
        _toFocus = false;
        await _field.FocusAsync();
    }

    private void BeginNaming() => (_naming, _toFocus, _name, _refusal) = (true, true, "", null);

    private async Task SaveAsync()
    {
        _refusal = await saved.SaveAsync(Actor, _name, Query);
        if (_refusal is not null) return;
        _own = await saved.OfAsync(Actor);
        _naming = false;
    }

    private async Task DeleteAsync()
    {
        foreach (var view in _own.Where(view => view.Query == Query)) await saved.DeleteAsync(Actor, view.Name);
        _own = await saved.OfAsync(Actor);
    }
}
