using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using Tracker.Agendas;
using Tracker.Boards;
using Tracker.Recording;

namespace Tracker.Dashboard.Desk;

/// <summary>A form that becomes a command.</summary>
/// <param name="At">Where it is, and where it is sent.</param>
/// <param name="Fields">What can be said in it, each a member of the command.</param>
public sealed record DeskForm(DeskAddress At, Agenda Agenda, string Title, string Intro, string Submit, ImmutableArray<Field> Fields)
{
    /// <summary>What it is about, by label.</summary>
    public ImmutableArray<(string Label, string Words)> Facts { get; init; } = [];

    /// <summary>The judgement that it is about, with all that this rests on; null where it is about none.</summary>
    public Judged? Judged { get; init; }

    /// <summary>What would be said otherwise by the change that it is about, member by member.</summary>
    public ImmutableArray<Changed> WouldChange { get; init; } = [];

    /// <summary>What stands in it to begin with; of a correction, what is said now.</summary>
    public Typed Filled { get; init; } = Typed.Nothing;

    /// <summary>Whether only what differs from that is part of the command.</summary>
    public bool Corrects { get; init; }

    /// <summary>Of which version of the thing it speaks; null where it takes none into account.</summary>
    public long? Version { get; init; }

    /// <summary>The recording that changed anything of what that thing rests on last, as it shows it; null where it shows none of that.</summary>
    public long? Basis { get; init; }

    /// <summary>Both, as <c>If-Match</c> compares them.</summary>
    public string? VersionText => Version is null ? null : Basis is null ? Version.Value.ToString(CultureInfo.InvariantCulture) : string.Create(CultureInfo.InvariantCulture, $"{Version}-{Basis:x8}");

    /// <summary>What it shows of that version, by field: whoever sends it is told where that is said otherwise by then.</summary>
    public Typed Shown { get => field ?? Filled; init; }

    public ImmutableArray<Field> Watched { get => field.IsDefault ? [.. Fields.Where(x => Corrects && x.Path != "reason")] : field; init; }

    /// <summary>What one must be allowed to send it.</summary>
    public Right Needs { get; init; } = Right.Code;

    /// <summary>Why somebody cannot send it, though they have the right; null where they can.</summary>
    public Func<Caller, string?> WhyNot { get; init; } = _ => null;

    /// <summary>The thing it is about, as <c>commitments/visit</c>; null where it records a new one.</summary>
    public string? About { get; init; }

    public DeskForm For(string kind, string slug, params ImmutableArray<(string Label, string Words)> facts) => this with { About = $"{kind}/{slug}", Facts = facts };

    /// <summary>The thing that a reader would want to see afterwards: the one it is about, or the new one.</summary>
    public string? ThingOf(Typed typed) =>
        About ?? (Fields.OfType<SlugField>().FirstOrDefault()?.Read(typed) is { } slug ? $"{At.Rest}/{slug.GetValue<string>()}" : null);

    /// <summary>The command that what was typed stands for: of a correction what differs from what stood in the form when it was opened.</summary>
    public JsonObject Command(Typed typed)
    {
        var was = Typed.Unpack(typed.One(Typed.Was)) is { Values.IsEmpty: false } opened ? opened : Filled;
        var command = new JsonObject();
        foreach (var field in Fields)
        {
            if (Corrects && field.Path != "reason" && JsonNode.DeepEquals(field.Read(typed), field.Read(was))) continue;
            if (field.Read(typed) is { } value) command[field.Path] = value;
            else if (Corrects) command[field.Path] = null;
        }

        return command;
    }

    public Typed Tidy(Typed typed) => Fields.OfType<RowsField>().Aggregate(typed, (tidy, rows) => rows.Tidy(tidy));
}
