using Tracker.Boards;
using Tracker.Boards.Changes;
using Tracker.Boards.Known;
using Tracker.Dashboard.Frame;
using Tracker.Recording;
using Wolverine.Http;

namespace Tracker.Dashboard.WhatChanged;

/// <summary>What moved on an agenda, the newest first, for people.</summary>
public static class ShowChangesEndpoint
{
    private const int OnAPage = 50;

    [WolverineGet("/agendas/{a}/changes"), Needs(Right.Read), PageQuery("before", "kind", "atLeast")]
    public static async Task<IResult> Get(
        string a, HttpRequest request, [NotBody] ChangeReader changes, [NotBody] BoardReader boards,
        [NotBody] RecordReader record, CancellationToken ct)
    {
        ChangeId? before = null;
        if (request.Given("before") is { } id && (before = ChangeId.Parse(id)) is null)
            return Refuse.Unreadable("'before' must be the id of a change.", "before").AsPage(request.Path);
        var (kinds, unknown) = ChangeKinds.Asked(request.Given("kind"));
        if (unknown is not null) return unknown.AsPage(request.Path);
        var (read, unreadable) = ReadAt.Parse(null, null, null, request.Given("atLeast"));
        if (read is null) return unreadable!.AsPage(request.Path);
        var (moment, refusal) = await changes.TellsToAsync(a, read.AtLeast, ct);
        if (moment is null) return refusal!.AsPage();
        var (agenda, _, _) = await record.OneAsync(KnownTables.Agendas, "agenda", a, a, new ReadAt(KnownAt: new KnownAt(moment.Position, null)), ct);
        (var board, refusal) = await boards.ReadAsync(a, new ReadAt(KnownAt: new KnownAt(moment.Position, null)), ct);
        if (board is null) return refusal!.AsPage();
        var (groups, next) = await changes.NewestAsync(moment, before, OnAPage, kinds, ct);
        return new PageAnswer<ChangesPage>(200, moment.Position, new()
        {
            [nameof(ChangesPage.Agenda)] = agenda,
            [nameof(ChangesPage.AsOf)] = board.AsOf,
            [nameof(ChangesPage.EndsOn)] = board.EndsOn,
            [nameof(ChangesPage.Groups)] = groups,
            [nameof(ChangesPage.Next)] = next,
            [nameof(ChangesPage.Moment)] = moment,
            [nameof(ChangesPage.Kinds)] = kinds,
            [nameof(ChangesPage.Earlier)] = before is not null,
        });
    }
}
