using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Tracker.Delivery.Webhooks;

/// <summary>What the sender and the receiver of a webhook share, by the Standard Webhooks specification: <c>whsec_</c> and bytes in base64.</summary>
public sealed class SigningSecret
{
    public const string Prefix = "whsec_";
    public const int MinBytes = 24, MaxBytes = 64;
    private const int MadeBytes = 32;

    private readonly byte[] _key;

    private SigningSecret(byte[] key) => _key = key;

    public static SigningSecret Make() => new(RandomNumberGenerator.GetBytes(MadeBytes));

    /// <summary>Reads a secret; null for what is none.</summary>
    public static SigningSecret? Parse(string text)
    {
        if (!text.StartsWith(Prefix, StringComparison.Ordinal) || text.Length > Prefix.Length + 4 * MaxBytes || text.Any(char.IsWhiteSpace)) return null;
        var key = new byte[3 * text.Length];
        return Convert.TryFromBase64String(text[Prefix.Length..], key, out var length) && length is >= MinBytes and <= MaxBytes ? new(key[..length]) : null;
    }

    /// <summary>The secret as it is shown, once.</summary>
    public string Text => Prefix + Convert.ToBase64String(_key);

    /// <summary>The signature of one attempt: <c>v1,</c> and the HMAC-SHA256 of id, second and body.</summary>
    /// <param name="at">When it is sent, in seconds since 1970.</param>
    public string Sign(string id, long at, string body) =>
        "v1," + Convert.ToBase64String(HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{id}.{at}.{body}"))));

    /// <summary>It says nothing of itself where something is logged.</summary>
    public override string ToString() => Prefix + "…";
}
