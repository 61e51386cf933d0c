using System.Buffers;
using System.Text.Json;
using Tracker.Exchange.Staging;
using Tracker.Recording;

namespace Tracker.Exchange.Sheets;

/// <summary>
/// A list of a bundle as a spreadsheet has it: one row a thing, one column a member. The columns say how both ways go, so that what was
/// written reads back as it was.
/// </summary>
public sealed class Sheet
{
    private Sheet(BundleList list, params Column[] columns) => (List, Columns) = (list, columns);

    public BundleList List { get; }

    public IReadOnlyList<Column> Columns { get; }

    public static Sheet Commitments { get; } = new(BundleList.Commitments,
        new("slug", CellForm.Word, true),
        new("title", CellForm.Text, true),
        new("type", CellForm.Word, true),
        new("madeOn", CellForm.Word, true),
        new("dueOn", CellForm.Word),
        new("parties", CellForm.Texts, true),
        new("bar", CellForm.Word),
        new("criteria", CellForm.Text),
        new("tags", CellForm.Texts),
        new("clauses", CellForm.Things) { Parts = ["party*", "source*", "quote*", "language", "translation", "note"] },
        new("withdrawal.reason", CellForm.Text));

    public static Sheet Activities { get; } = new(BundleList.Activities,
        new("slug", CellForm.Word, true),
        new("kind", CellForm.Word, true),
        new("title", CellForm.Text, true),
        new("occurred", CellForm.Word, true),
        new("summary", CellForm.Text),
        new("place", CellForm.Text),
        new("participants", CellForm.Things) { Parts = ["name*", "party", "role"] },
        new("sources", CellForm.Texts),
        new("accounts", CellForm.Things) { Parts = ["source*", "quote", "occurred", "place", "note"] },
        new("tags", CellForm.Texts),
        new("withdrawal.reason", CellForm.Text));

    public static Sheet Evidence { get; } = new(BundleList.Evidence,
        new("key", CellForm.Word, true),
        new("commitment", CellForm.Word, true),
        new("activity", CellForm.Word, true),
        new("depth", CellForm.Word, true),
        new("direction", CellForm.Word, true),
        new("parties", CellForm.Texts, true),
        new("rationale", CellForm.Text, true),
        new("citations", CellForm.Things) { Parts = ["source*", "quote"] },
        new("state", CellForm.Word) { Otherwise = "proposed" },
        new("coder", CellForm.Text),
        new("review.decision", CellForm.Word),
        new("review.rationale", CellForm.Text),
        new("review.reviewer", CellForm.Text),
        new("review.at", CellForm.Word),
        new("withdrawal.reason", CellForm.Text));

    public static Sheet Of(SheetKind kind) => kind switch
    {
        SheetKind.Commitments => Commitments,
        SheetKind.Activities => Activities,
        _ => Evidence,
    };

    /// <summary>The cells of a thing, column by column.</summary>
    public IEnumerable<string> Cells(JsonElement thing)
    {
        foreach (var column in Columns)
        {
            var value = thing;
            foreach (var step in column.Path)
                if (value.ValueKind is not JsonValueKind.Object || !value.TryGetProperty(step, out value)) value = default;
            yield return value.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null ? "" : column.Form switch
            {
                CellForm.Texts => Cell.OfTexts(value.EnumerateArray().Select(x => x.GetString()!)),
                CellForm.Things => Cell.OfThings(value.EnumerateArray().Select(x => column.Parts.Select(part => x.TryGetProperty(part.TrimEnd('*'), out var text) ? text.GetString() : null))),
                _ => value.GetString()!,
            };
        }
    }

    /// <summary>The thing that a row's cells say, as JSON; the columns may come in any order, need not all be there, and say nothing where they are null.</summary>
    /// <param name="doubt">Is told a column and what may be wrong with its cell: that counts only where the thing is not on record already as the row says it.</param>
    public void Write(IBufferWriter<byte> to, IReadOnlyList<Column?> columns, IReadOnlyList<string> cells, Problems problems, Action<string, string> doubt)
    {
        using var json = new Utf8JsonWriter(to);
        json.WriteStartObject();
        var said = columns.Zip(cells).Where(x => x.First is { Name.Length: > 0 }).ToDictionary(x => x.First!, x => x.Second);
        foreach (var members in Columns.GroupBy(x => x.Path[0]))
        {
            if (members.First().Path.Length == 1)
            {
                Write(json, members.First(), said.GetValueOrDefault(members.First(), ""), problems, doubt);
                continue;
            }

            if (members.All(x => said.GetValueOrDefault(x, "").Length == 0)) continue;
            json.WriteStartObject(members.Key);
            // What makes the inner object what it is comes first, and is always said.
            foreach (var column in members) Write(json, column with { Required = column == members.First() }, said.GetValueOrDefault(column, ""), problems, doubt);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, Column column, string cell, Problems problems, Action<string, string> doubt)
    {
        var text = column.Form is CellForm.Word ? Visible.Trim(cell) : cell;
        if (TruncatedCell.Remark(cell) is { } cut) doubt(column.Name, cut);
        if (text.Length == 0) text = column.Otherwise ?? "";
        switch (column.Form)
        {
            case CellForm.Texts:
                json.WriteStartArray(column.Path[^1]);
                foreach (var each in Cell.Texts(text)) json.WriteStringValue(Visible.Trim(each));
                json.WriteEndArray();
                break;
            case CellForm.Things:
                json.WriteStartArray(column.Path[^1]);
                // An error of a spreadsheet is told of the cell, and not of whatever it is taken for.
                if (SpreadsheetDamage.OfText(text) is { } damage) problems.Add(column.Name, "bad-cell", damage);
                else foreach (var parts in Cell.Things(text)) WriteThing(json, column, parts, problems, doubt);
                json.WriteEndArray();
                break;
            case var _ when column.Required || text.Length > 0:
                json.WriteString(column.Path[^1], text);
                break;
        }
    }

    private static void WriteThing(Utf8JsonWriter json, Column column, IReadOnlyList<string> parts, Problems problems, Action<string, string> doubt)
    {
        if (ListCellCheck.Wrong(column, parts) is { } wrong) problems.Add(column.Name, "bad-cell", wrong);
        else if (ListCellCheck.Doubt(column, parts) is { } doubtful) doubt(column.Name, doubtful);
        json.WriteStartObject();
        for (var i = 0; i < column.Parts.Length; i++)
        {
            var (name, text) = (column.Parts[i], i < parts.Count ? parts[i] : "");
            if (TruncatedCell.Mark(text) is { } cut) doubt(column.Name, cut);
            if (name.EndsWith('*') || text.Length > 0) json.WriteString(name.TrimEnd('*'), text);
        }

        json.WriteEndObject();
    }
}

/// <summary>The lists of a bundle that can be sheets.</summary>
public enum SheetKind
{
    Commitments,
    Activities,
    Evidence,
}

/// <summary>A column of a sheet.</summary>
/// <param name="Name">What its first row says: the member's name, with dots where it is a member of a member.</param>
/// <param name="Required">Whether every sheet must have it, and every row something in it.</param>
public sealed record Column(string Name, CellForm Form, bool Required = false)
{
    public string[] Path { get; } = Name.Split('.');

    /// <summary>The parts of each thing of a list, those with a star in every one.</summary>
    public string[] Parts { get; init; } = [];

    /// <summary>What an empty cell says.</summary>
    public string? Otherwise { get; init; }
}

/// <summary>What a cell holds.</summary>
public enum CellForm
{
    /// <summary>A text, as it stands.</summary>
    Text,

    /// <summary>A name, a word or a date; space around it says nothing.</summary>
    Word,

    /// <summary>Texts, parted by semicolons.</summary>
    Texts,

    /// <summary>Things, one a line, their parts between bars.</summary>
    Things,
}
