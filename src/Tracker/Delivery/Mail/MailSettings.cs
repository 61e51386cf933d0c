using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MailKit.Security;
using MimeKit;
using Tracker.Recording;

namespace Tracker.Delivery.Mail;

/// <summary>How mail goes out: the SMTP server, and in whose name. A class, not a record: nothing prints its password.</summary>
public sealed class MailSettings
{
    public const string Section = "Tracker:Mail";

    private static readonly string[] Known = ["Host", "Port", "From", "User", "Password", "Security", "TrustedRoot"];

    private MailSettings(string host, int port, MailboxAddress from, string? user, string? password, SecureSocketOptions security, X509Certificate2Collection? roots) =>
        (Host, Port, From, User, Password, Security, Roots) = (host, port, from, user, password, security, roots);

    public string Host { get; }

    public int Port { get; }

    public MailboxAddress From { get; }

    public string? User { get; }

    public string? Password { get; }

    public SecureSocketOptions Security { get; }

    /// <summary>Who alone may have issued the server's certificate; null for whom the machine trusts.</summary>
    public X509Certificate2Collection? Roots { get; }

    /// <summary>What the settings say; null where mail is not set up.</summary>
    /// <exception cref="InvalidOperationException">Something is missing, or cannot be so.</exception>
    public static MailSettings? Of(IConfiguration configuration)
    {
        var section = configuration.GetSection(Section);
        if (!section.GetChildren().Any(x => !string.IsNullOrEmpty(x.Value))) return null;
        if (section.GetChildren().FirstOrDefault(x => !Known.Contains(x.Key, StringComparer.OrdinalIgnoreCase)) is { } unknown) throw Wrong(unknown.Key, $"is no setting: there are {string.Join(", ", Known)}.");
        var host = section["Host"] is { Length: > 0 } named ? named : throw Wrong("Host", "is missing: mail has other settings.");
        if (Uri.CheckHostName(host) is UriHostNameType.Unknown) throw Wrong("Host", $"must be the name or the address of an SMTP server; it is '{host}'.");
        if (!Words.TryParse<MailSecurity>(section["Security"] ?? "startTls", out var security)) throw Wrong("Security", $"must be one of {Words.All<MailSecurity>()}; it is '{section["Security"]}'.");
        var port = security switch { MailSecurity.None => 25, MailSecurity.StartTls => 587, _ => 465 };
        if (section["Port"] is { Length: > 0 } number && (!int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out port) || port is 0 or > 65_535))
            throw Wrong("Port", $"must be a number from 1 to 65535; it is '{number}'.");
        if (section["From"] is not { Length: > 0 } sender) throw Wrong("From", "is missing: whose name mail goes out in.");
        if (!MailboxAddress.TryParse(sender, out var from) || !from.Address.Contains('@', StringComparison.Ordinal)) throw Wrong("From", $"must be an address, such as Tracker <reports@example.org>; it is '{sender}'.");
        var (user, password) = (section["User"], section["Password"]);
        if (string.IsNullOrEmpty(user) != string.IsNullOrEmpty(password)) throw Wrong(string.IsNullOrEmpty(user) ? "User" : "Password", "is missing: one is nothing without the other.");
        if (security is MailSecurity.None && !string.IsNullOrEmpty(user)) throw Wrong("Security", "must be startTls or tls where there is a password: else it would go in the clear.");
        return new MailSettings(host, port, from, user is { Length: > 0 } ? user : null, password, security switch
        {
            MailSecurity.None => SecureSocketOptions.None,
            MailSecurity.StartTls => SecureSocketOptions.StartTls,
            _ => SecureSocketOptions.SslOnConnect,
        }, section["TrustedRoot"] is { Length: > 0 } file ? RootsIn(file) : null);
    }

    private static X509Certificate2Collection RootsIn(string file)
    {
        var roots = new X509Certificate2Collection();
        try
        {
            roots.ImportFromPemFile(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw Wrong("TrustedRoot", $"cannot be read: {e.Message}");
        }

        return roots.Count > 0 ? roots : throw Wrong("TrustedRoot", "must be a file with certificates in PEM.");
    }

    private static InvalidOperationException Wrong(string name, string what) => new($"{Section}:{name} {what}");
}

/// <summary>Whether what goes to the SMTP server is encrypted.</summary>
public enum MailSecurity
{
    None,

    /// <summary>From the first command on; a server that cannot is not used.</summary>
    StartTls,

    /// <summary>From the first byte on.</summary>
    Tls,
}
