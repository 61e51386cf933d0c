using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Tracker.Access;

/// <summary>Who asks.</summary>
/// <param name="Principal">An opaque id of the person or program: what every event keeps. Never a key, never a name.</param>
public sealed record Caller(string Principal);

/// <summary>Tells who asks. The one seam between requests and identities.</summary>
public sealed class Callers
{
    public const string Header = "Tracker-Caller";
    private const string Default = "owner";

    /// <summary>The caller of a request: whom the <c>Tracker-Caller</c> header names, else the owner.</summary>
    public static Caller Of(HttpContext http)
    {
        var named = http.Request.Headers[Header].ToString();
        return Named(named.Length == 0 ? Default : named);
    }

    /// <summary>The caller behind a name: always the same opaque principal for the same name.</summary>
    public static Caller Named(string name)
    {
        var digest = SHA256.HashData(Encoding.UTF8.GetBytes("tracker/principal/" + name));
        return new Caller("p-" + Base64Url.EncodeToString(digest.AsSpan(0, 12)));
    }
}
