namespace Tracker.Reports.Pdf;

/// <summary>A part of a document as its structure tells it, whatever page it is on (ISO 32000-1, 14.7): a heading, a table, a cell.</summary>
/// <param name="role">What it is, by the standard's word: <c>H1</c>, <c>TD</c>.</param>
internal sealed class Part(string role)
{
    public string Role => role;

    /// <summary>What it shows, for whoever cannot see it.</summary>
    public string? Told { get; init; }

    /// <summary>Its language, where it is another than the document's.</summary>
    public string? Language { get; init; }

    /// <summary>What a table's cells are: entries of an attribute object of the owner Table.</summary>
    public string? Cell { get; init; }

    /// <summary>Parts, marks and links, in the order in which they are read.</summary>
    public List<object> Kids { get; } = [];

    public Part Add(Part part)
    {
        Kids.Add(part);
        return part;
    }

    public Part Add(string role) => Add(new Part(role));
}

/// <summary>What was drawn for a part, in one go.</summary>
internal sealed record Drawn(int Page, int Number);

/// <summary>A rectangle on a page that leads somewhere.</summary>
/// <param name="Number">The how many-th of its page.</param>
internal sealed record Linked(int Page, int Number, string Text);
