using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace Tracker.Reports.Schedules;

/// <summary>What lets someone unsubscribe without a key: their id, sealed, so that nobody else can guess or make one.</summary>
public sealed class UnsubscribeTokens(IDataProtectionProvider protection)
{
    private readonly IDataProtector _seal = protection.CreateProtector("Tracker.Unsubscribe");

    public string Of(string recipient) => _seal.Protect(recipient);

    /// <summary>The recipient's id; null where the token is none of ours.</summary>
    public string? Read(string token)
    {
        try
        {
            return token.Length > 500 ? null : _seal.Unprotect(token);
        }
        catch (Exception e) when (e is CryptographicException or FormatException)
        {
            return null;
        }
    }
}
