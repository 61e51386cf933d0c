using System.Collections.Immutable;
using Microsoft.AspNetCore.RateLimiting;
using Tracker.Agendas;
using Tracker.Recording;
using Tracker.Status;
using Wolverine.Http;

namespace Tracker.Boards;

/// <summary>What a board would say by another codebook, and what would differ; nothing is recorded.</summary>
/// <param name="Codebook">The codebook it would be judged by.</param>
/// <param name="Changes">What would stand elsewhere, by commitment and party.</param>
/// <param name="Flags">Which flags would be raised or cleared.</param>
/// <param name="Summary">The board in numbers, as it is.</param>
/// <param name="WouldBe">The board in numbers, as it would be.</param>
public sealed record CodebookPreview(
    string Agenda,
    DateOnly Since,
    DateOnly ValidAt,
    DateTimeOffset KnownAt,
    long Position,
    Codebook Codebook,
    ImmutableArray<PreviewedChange> Changes,
    ImmutableArray<PreviewedFlag> Flags,
    BoardSummary Summary,
    BoardSummary WouldBe)
{
    /// <summary>Compares a board with the board of the same record by another codebook.</summary>
    public static CodebookPreview Of(Board board, Board wouldBe)
    {
        var moves = Moves.Between(board, wouldBe);
        return new CodebookPreview(
            board.Agenda, board.Since, board.ValidAt, board.KnownAt, board.Position, wouldBe.Codebook,
            [.. moves.Where(x => x.From != x.To).Select(x => new PreviewedChange(x.Commitment, x.Party, x.From, x.To))],
            [.. moves.Where(x => x.Flag is not null).Select(x => new PreviewedFlag(x.Commitment, x.Flag!.Value, x.Kind is MoveKind.FlagRaised))],
            board.Summary, wouldBe.Summary);
    }
}

/// <summary>A commitment, or a party's part in it, that would stand elsewhere.</summary>
/// <param name="Party">Whose part; null for the whole commitment.</param>
/// <param name="From">Where it stands.</param>
/// <param name="To">Where it would stand.</param>
public sealed record PreviewedChange(string Commitment, string? Party, CommitmentStatus? From, CommitmentStatus? To);

/// <summary>A flag that would be raised on a commitment, or cleared.</summary>
public sealed record PreviewedFlag(string Commitment, FlagKind Flag, bool Raised);

/// <summary>What would another codebook change?</summary>
public static class PreviewCodebookEndpoint
{
    [WolverineGet("/api/v1/agendas/{a}/codebook/preview"), Needs(Right.Read), EnableRateLimiting(Costly.Policy)]
    [Operation("previewCodebook", "What another codebook would change; nothing is recorded", Gives = typeof(CodebookPreview), Asks = Asks.Read,
        Refuses = ["422 unknown-codebook", "422 bad-depth", "422 bad-stale-after-days", "422 bad-coverage-days"])]
    [Query("version", typeof(string), "The version of the rule: `depth-ladder/2` or `depth-ladder/1`; the agenda's own where it is not given.")]
    [Query("bar", typeof(Depth), "The depth from which action is concrete; the agenda's own where it is not given.")]
    [Query("staleAfterDays", typeof(int), "Days without advancing evidence after which a continuing commitment is stale; the agenda's own where it is not given.")]
    [Query("coverageDays", typeof(int), "Days after the end of the record through which it is still current; the agenda's own where it is not given.")]
    public static async Task<IResult> Get(string a, HttpRequest request, [NotBody] BoardReader boards, CancellationToken ct)
    {
        var (read, refusal) = ReadAt.Of(request);
        var (stale, unreadableStale) = Number(request, "staleAfterDays");
        var (coverage, unreadableCoverage) = Number(request, "coverageDays");
        if ((refusal ?? unreadableStale ?? unreadableCoverage) is { } unreadable) return unreadable.Answered();
        (var material, refusal) = await boards.GatherAsync(a, read!, onlyCommitment: null, ct);
        if (material is null) return refusal!.Answered();
        var problems = new Problems();
        var codebook = new OpenAgenda.CodebookChosen(request.One("version"), request.One("bar"), stale, coverage).Read(problems, material.Agenda.Codebook);
        if (problems.Any) return problems.Refusal().Answered();
        var preview = CodebookPreview.Of(material.Judged(), (material with { Agenda = material.Agenda with { Codebook = codebook } }).Judged());
        return ReadAnswer.Of(preview, preview.Position, preview.Position);
    }

    private static (int? Number, Refusal? Refusal) Number(HttpRequest request, string name) =>
        request.One(name) is not { } text ? (null, null)
        : int.TryParse(text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var number) ? (number, null)
        : (null, Refuse.Unreadable($"'{name}' is '{text}'; it must be a number of days, in digits.", name));
}
