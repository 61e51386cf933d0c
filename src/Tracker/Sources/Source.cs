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
    string? Sha256) : IFolded<Source>
{
    static string IFolded<Source>.Kind => "sources";

    [JsonIgnore]
    public long Version { get; init; }

    public static Source Fold(Source? state, object happened, Stamp stamp) => (state, happened) switch
    {
        (null, SourceRecorded e) => new Source(stamp.Name, e.Kind, e.Tier, e.Issuer, e.Title, e.Publisher, e.Url, e.ArchiveUrl,
            e.PublishedOn, e.Language, e.Sha256)
        { Version = 1 },
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
