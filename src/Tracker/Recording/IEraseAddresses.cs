namespace Tracker.Recording;

/// <summary>Keeps addresses of people, apart from the record: they can be forgotten.</summary>
public interface IEraseAddresses
{
    /// <summary>Forgets a mail address wherever it is kept, in any spelling of its letters.</summary>
    Task ForgetAsync(string address, CancellationToken ct);
}
