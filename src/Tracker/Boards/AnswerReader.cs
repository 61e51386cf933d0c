using System.Globalization;
using Tracker.Boards.Known;
using Tracker.Recording;

namespace Tracker.Boards;

/// <summary>Gives the finished answers of the API to reads of a whole agenda: each is made once for all who ask for it.</summary>
public sealed class AnswerReader(Moments moments, KeptAnswers answers, TimeProvider clock)
{
    /// <summary>The answer, or why there is none.</summary>
    /// <param name="what">What is told of the agenda: its board, its timeline.</param>
    /// <param name="make">Tells it, or says why it cannot.</param>
    /// <param name="position">The last recording that what was told takes into account.</param>
    public async Task<(KeptAnswer? Answer, Refusal? Refusal)> GetAsync<T>(
        string what, string agenda, ReadAt read, Func<ReadAt, CancellationToken, Task<(T? Told, Refusal? Refusal)>> make, Func<T, long> position, CancellationToken ct) where T : class
    {
        // One day throughout, also where midnight comes meanwhile.
        read = read with { ValidAt = read.ValidAt ?? DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime) };
        var (moment, refusal) = await moments.ResolveAsync(agenda, read, ct);
        if (moment is null) return (null, refusal);
        var kept = await answers.GetAsync(new AnswerKey(what, moment, read.ValidAt.Value, read.Since, IsAsKnownThen: read.KnownAt is not null), async () =>
        {
            (var told, refusal) = await make(read, CancellationToken.None);
            // Between the two looks something may have been recorded: then it is the answer to another question.
            return told is null ? null : new KeptAnswer(WireJson.Bytes(told), position(told)) { IsOf = position(told) == moment.Position };
        }, ct);
        // Whoever waited for what another made was not told why there is none.
        if (kept is not null || refusal is not null) return (kept, refusal);
        (var own, refusal) = await make(read, ct);
        return (own is null ? null : new KeptAnswer(WireJson.Bytes(own), position(own)), refusal);
    }

    /// <summary>The same of a part.</summary>
    public async Task<(KeptAnswer? Answer, Refusal? Refusal)> GetAsync<T>(
        string what, string agenda, PartAsked part, Func<ReadAt, CancellationToken, Task<(T? Told, Refusal? Refusal)>> make, Func<T, long> position, CancellationToken ct) where T : class
    {
        var (moment, refusal) = await moments.ResolveAsync(agenda, part.Read, ct);
        return moment is null ? (null, refusal)
            : part.IsNoneOf(moment) is { } another ? (null, another)
            : await GetAsync(string.Create(CultureInfo.InvariantCulture, $"{what} {part.From} {part.Limit}"), agenda, part.Read, make, position, ct);
    }
}
