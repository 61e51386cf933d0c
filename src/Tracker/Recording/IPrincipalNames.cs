namespace Tracker.Recording;

/// <summary>Knows what people are called whom the opaque ids in the record stand for: to be told only to those who may know.</summary>
public interface IPrincipalNames
{
    /// <summary>The names of those that have one.</summary>
    Task<IReadOnlyDictionary<string, string>> NamesOfAsync(IEnumerable<string> principals, CancellationToken ct);
}
