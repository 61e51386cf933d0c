using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace Tracker.Dashboard.Desk;

/// <summary>A form that becomes a command.</summary>
/// <param name="Address">Where it is, and where it is sent.</param>
/// <param name="Facts">What it is about, by label.</param>
/// <param name="Filled">What stands in it to begin with; of a correction, what is said now.</param>
/// <param name="Corrects">Whether only what differs from that is part of the command.</param>
public sealed record DeskForm(
    string Agenda, string AgendaTitle, string Address, string Title, string Intro, string Submit, ImmutableArray<Field> Fields, ImmutableArray<(string Label, string Words)> Facts,
    Typed Filled, bool Corrects = false)
{
    public JsonObject Command(Typed typed)
    {
        var command = new JsonObject();
        foreach (var field in Fields)
        {
            if (Corrects && field.Path != "reason" && JsonNode.DeepEquals(field.Read(typed), field.Read(Filled))) continue;
            if (field.Read(typed) is { } value) command[field.Path] = value;
            else if (Corrects) command[field.Path] = null;
        }

        return command;
    }

    public Typed Tidy(Typed typed) => Fields.OfType<RowsField>().Aggregate(typed, (tidy, rows) => rows.Tidy(tidy));
}
