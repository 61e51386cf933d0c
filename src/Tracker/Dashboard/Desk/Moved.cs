using System.Text.Json.Nodes;

namespace Tracker.Dashboard.Desk;

/// <summary>A field that somebody else changed since a form was opened.</summary>
/// <param name="Now">What is said there now, in words.</param>
/// <param name="Mine">What was typed instead, and stays typed; null where that field had been left as it was.</param>
public sealed record Moved(Field Field, string Now, string? Mine)
{
    /// <summary>A form as it stands now with what was typed into it as it stood then: what its author did not touch is as it is now.</summary>
    public static (Typed Typed, Moved[] Moved) Onto(DeskForm now, Typed typed)
    {
        var was = Typed.Unpack(typed.One(Typed.Was));
        var moved = new List<Moved>();
        var kept = typed;
        foreach (var field in now.Watched)
        {
            if (Same(field, was, now.Shown)) continue;
            // What is only shown, and is no field of the form, cannot have been typed.
            var touched = now.Fields.Contains(field) && !Same(field, typed, was) && !Same(field, typed, now.Shown);
            moved.Add(new Moved(field, field.Say(now.Shown), touched ? field.Say(typed) : null));
            if (!touched && now.Fields.Contains(field)) kept = kept.With(field, now.Shown);
        }

        return (kept.With(Typed.Was, now.Shown.Pack()).With(Typed.Version, now.VersionText), [.. moved]);
    }

    private static bool Same(Field field, Typed one, Typed other) => JsonNode.DeepEquals(field.Read(one), field.Read(other));
}
