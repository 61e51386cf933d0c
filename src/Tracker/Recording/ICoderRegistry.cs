namespace Tracker.Recording;

/// <summary>
/// Knows the coders and reviewers whom bundles name. The record keeps an opaque id of each, as of everybody; what bundles call them is kept apart, and can
/// be forgotten.
/// </summary>
public interface ICoderRegistry
{
    /// <summary>The ids of those that are known already, by what a bundle calls them: their names, or ids of people of this tracker.</summary>
    Task<IReadOnlyDictionary<string, string>> IdsOfAsync(IReadOnlyCollection<string> names, CancellationToken ct);

    /// <summary>The ids of them all: made for those that were not known. The same name is the same one, whichever bundle has it.</summary>
    Task<IReadOnlyDictionary<string, string>> MakeIdsOfAsync(IReadOnlyCollection<string> names, CancellationToken ct);

    /// <summary>What bundles call those of these ids whom bundles named, and who were not forgotten.</summary>
    Task<IReadOnlyDictionary<string, string>> NamesInBundlesOfAsync(IReadOnlyCollection<string> ids, CancellationToken ct);

    /// <summary>Tells one set of such names from another: it differs once somebody is forgotten.</summary>
    Task<string> VersionOfNamesAsync(CancellationToken ct);
}
