using System.Text;

namespace Tracker.Reports.Pdf;

/// <summary>An address in ASCII alone, as links of a PDF must be (ISO 32000-1, 12.6.4.7; RFC 3987, 3.1): it leads where the address as it was given leads.</summary>
internal static class AsciiAddress
{
    public static string Of(string address)
    {
        if (Ascii.IsValid(address)) return address;
        // A name of a host has a form of its own; all else is the bytes of its UTF-8.
        var host = address.IndexOf("://", StringComparison.Ordinal) + 3;
        var end = host < 3 ? -1 : address.AsSpan(host).IndexOfAny('/', '?', '#') is >= 0 and var length ? host + length : address.Length;
        if (end < 0 || !Uri.TryCreate(address, UriKind.Absolute, out var uri)) return Encoded(address);
        var port = uri.IsDefaultPort ? "" : address[..end].LastIndexOf(':') is var colon && colon > host ? address[colon..end] : "";
        return string.Concat(address.AsSpan(0, host), uri.IdnHost, port, Encoded(address[end..]));
    }

    private static string Encoded(string text)
    {
        var encoded = new StringBuilder(text.Length + 16);
        Span<byte> bytes = stackalloc byte[4];
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.IsAscii)
            {
                encoded.Append((char)rune.Value);
                continue;
            }

            foreach (var one in bytes[..rune.EncodeToUtf8(bytes)]) encoded.Append('%').Append(Convert.ToHexString([one]));
        }

        return encoded.ToString();
    }
}
