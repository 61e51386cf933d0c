namespace Tracker.Dashboard.Desk;

/// <summary>An address of the desk. Without its <c>/desk</c> it is, under <c>/api/v1</c>, that of the command.</summary>
public sealed record DeskAddress(string Agenda, string Rest)
{
    public string Page => $"/agendas/{Agenda}/desk/{Rest}";

    public string Desk => $"/agendas/{Agenda}/desk";

    public string Command => $"/api/v1/agendas/{Agenda}/{Rest}";

    public static DeskAddress? Of(string? path) =>
        path?.Split('/') is ["", "agendas", { Length: > 0 } agenda, "desk", .. { Length: > 0 } rest] && rest.All(x => x.Length > 0) ? new(agenda, string.Join('/', rest)) : null;
}
