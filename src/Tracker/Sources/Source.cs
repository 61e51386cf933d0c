using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Tracker.Recording;

namespace Tracker.Sources;

/// <summary>A published account: what may be quoted and cited.</summary>
public sealed record Source(
    string Slug,
    SourceKind Kind,
    SourceTier Tier,
    string Issuer,
    string Title,
    string? Publisher,
    string? Url,
    string? ArchiveUrl,
    DateOnly? PublishedOn,
    string? Language,
    string? Sha256,
    Withdrawal? Withdrawal = null) : IFolded<Source>
{
    static string IFolded<Source>.Kind => "sources";

    [JsonIgnore]
    public long Version { get; init; }

    /// <summary>The texts that were taken out of it; absent where none was.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public ImmutableArray<Redaction> Redactions { get; init; }

    public static Source Fold(Source? state, object happened, Stamp stamp) => (state, happened) switch
    {
        (null, SourceRecorded e) => new Source(stamp.Name, e.Kind, e.Tier, e.Issuer, e.Title, e.Publisher, e.Url, e.ArchiveUrl,
            e.PublishedOn, e.Language, e.Sha256)
        { Version = 1 },
        ({ } it, SourceCorrected e) => it with
        {
            Kind = e.Kind,
            Tier = e.Tier,
            Issuer = e.Issuer,
            Title = e.Title,
            Publisher = e.Publisher,
            Url = e.Url,
            ArchiveUrl = e.ArchiveUrl,
            PublishedOn = e.PublishedOn,
            Language = e.Language,
            Sha256 = e.Sha256,
            Version = stamp.Version,
        },
        ({ } it, SourceWithdrawn e) => it with { Withdrawal = Withdrawal.Of(e.Reason, stamp), Version = stamp.Version },
        ({ } it, SourceReinstated _) => it with { Withdrawal = null, Version = stamp.Version },
        ({ } it, TextRedacted e) => it with { Redactions = Redaction.After(it.Redactions, e, stamp), Version = stamp.Version },
        _ => throw UnknownEventException.For<Source>(happened),
    };
}

/// <summary>What kind of account it is.</summary>
public enum SourceKind
{
    Readout,
    JointStatement,
    OfficialNotice,
    Speech,
    Article,
    Dataset,
}

/// <summary>How near the account stands to the deed.</summary>
public enum SourceTier
{
    Official,
    Readout,
    Press,
    Analysis,
}

public sealed record SourceRecorded(
    SourceKind Kind,
    SourceTier Tier,
    string Issuer,
    string Title,
    string? Publisher,
    string? Url,
    string? ArchiveUrl,
    DateOnly? PublishedOn,
    string? Language,
    string? Sha256);

/// <summary>What is said of the source was wrong: all of it, as it is from now on.</summary>
/// <param name="Reason">Why, in the words of whoever corrected it.</param>
public sealed record SourceCorrected(
    SourceKind Kind,
    SourceTier Tier,
    string Issuer,
    string Title,
    string? Publisher,
    string? Url,
    string? ArchiveUrl,
    DateOnly? PublishedOn,
    string? Language,
    string? Sha256,
    string Reason);

/// <param name="Reason">Why, in the words of whoever withdrew it.</param>
public sealed record SourceWithdrawn(string Reason);

/// <param name="Reason">Why, in the words of whoever reinstated it.</param>
public sealed record SourceReinstated(string Reason);
