using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
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
    private ElementReference _button;
    private Refusal? _refusal;
    private string _name = "";
    private string _named = "";
    private string? _said;
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
        await (_naming ? _field : _button).FocusAsync();
    }

    protected override void OnParametersSet() => _naming &= _named == Query; // Another view is shown: not the one to be named.

    private void BeginNaming() => (_naming, _toFocus, _name, _named, _refusal, _said) = (true, true, "", Query, null, null);

    private void Leave() => (_naming, _toFocus) = (false, true);

    private void LeaveOnEscape(KeyboardEventArgs key)
    {
        if (key.Key == "Escape") Leave();
    }

    private async Task SaveAsync()
    {
        _refusal = _everybodys.Any(view => view.Name.Equals(_name.Trim(), StringComparison.OrdinalIgnoreCase))
            ? new Refusal("name", "Everybody has a view of this name. Choose another.")
            : await saved.SaveAsync(Actor, _name, Query);
        if (_refusal is not null) return;
        var replaced = _own.Any(view => view.Name == _name.Trim());
        _own = await saved.OfAsync(Actor);
        _said = replaced ? "The view was replaced." : "The view was saved.";
        Leave();
    }

    private async Task DeleteAsync()
    {
        foreach (var view in _own.Where(view => view.Query == Query)) await saved.DeleteAsync(Actor, view.Name);
        _own = await saved.OfAsync(Actor);
        (_said, _toFocus) = ("The view was deleted.", true);
    }
}
