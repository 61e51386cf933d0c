namespace Tracker.Recording;

/// <summary>Keeps addresses of people, apart from the record: they can be erased.</summary>
public interface IEraseAddresses
{
    /// <summary>Erases a mail address wherever it is kept, in any spelling of its letters.</summary>
    Task EraseAsync(string address, CancellationToken ct);
}
