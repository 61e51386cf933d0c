using System.Collections.Concurrent;
using Tracker.Boards.Known;
using Tracker.Recording;

namespace Tracker.Boards;

/// <summary>Which question an answer is to. The same question has the same answer for ever, but for texts that were redacted since.</summary>
/// <param name="What">What is told of the agenda, and which part of it.</param>
/// <param name="Moment">What was known.</param>
/// <param name="ValidAt">The day judged at.</param>
/// <param name="Since">Since when; null for the baseline.</param>
/// <param name="IsAsKnownThen">Whether the moment was asked for, and not what is known now.</param>
public sealed record AnswerKey(string What, Moment Moment, DateOnly ValidAt, Since? Since, bool IsAsKnownThen);

/// <summary>A finished answer: its bytes, as they are and compressed, and its tag.</summary>
/// <param name="Body">The bytes before any encoding.</param>
/// <param name="Position">The last recording taken into account.</param>
public sealed record KeptAnswer(byte[] Body, long Position)
{
    private readonly ConcurrentDictionary<string, Lazy<byte[]>> _encoded = new(StringComparer.Ordinal);

    /// <summary>Its entity tag, before any encoding.</summary>
    public string Tag { get; } = Answer.TagOf(Position, Body);

    /// <summary>Whether it answers the question that it was made for, and may be kept for it.</summary>
    public bool IsOf { get; init; } = true;

    /// <summary>The bytes in an encoding, which are made once.</summary>
    /// <param name="encoding">What the encoding is called.</param>
    /// <param name="encode">Wraps a stream so that what is written to it arrives encoded.</param>
    public byte[] Encoded(string encoding, Func<Stream, Stream> encode) => _encoded.GetOrAdd(encoding, _ => new(() =>
    {
        using var encoded = new MemoryStream();
        using (var stream = encode(encoded)) stream.Write(Body);
        return encoded.ToArray();
    })).Value;
}

/// <summary>
/// Answers that were made before, so that one who asks again costs nothing. Bounded: what was not asked for longest goes first. Who asks for what is being
/// made waits for it.
/// </summary>
public sealed class KeptAnswers(IConfiguration configuration)
{
    /// <summary>How much memory finished answers may take together, in megabytes.</summary>
    public const string Setting = "Tracker:Memory:AnswersMb";

    /// <summary>What holds where the setting is absent.</summary>
    public const int DefaultMegabytes = 48;

    private readonly RecentlyUsed<AnswerKey, KeptAnswer> _kept = new(configuration.GetValue(Setting, DefaultMegabytes) * 1024L * 1024);
    private readonly ConcurrentDictionary<AnswerKey, Lazy<Task<KeptAnswer?>>> _making = new();

    /// <summary>The answer to a question; null where making it gave none.</summary>
    /// <param name="make">Makes it, for all who ask meanwhile.</param>
    /// <param name="ct">Ends the wait of whoever asked, and no one else's.</param>
    public async Task<KeptAnswer?> GetAsync(AnswerKey key, Func<Task<KeptAnswer?>> make, CancellationToken ct)
    {
        if (_kept.TryGet(key, out var kept)) return kept;
        var making = _making.GetOrAdd(key, _ => new(() =>
        {
            using (ExecutionContext.SuppressFlow()) return Task.Run(() => MakeAsync(key, make), CancellationToken.None);
        }));
        return await making.Value.WaitAsync(ct);
    }

    private async Task<KeptAnswer?> MakeAsync(AnswerKey key, Func<Task<KeptAnswer?>> make)
    {
        try
        {
            var made = await make();
            // As it is, and compressed in two ways.
            if (made?.IsOf == true) _kept.Set(key, made, made.Body.Length * 3L / 2);
            return made;
        }
        finally
        {
            _making.TryRemove(key, out _);
        }
    }
}
