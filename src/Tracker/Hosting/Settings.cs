using System.Collections.Immutable;
using System.ComponentModel;
using System.Data.Common;
using System.Net;
using System.Reflection;
using Npgsql;
using Tracker.Access;
using Tracker.Boards;
using Tracker.Boards.Changes;
using Tracker.Boards.Known;
using Tracker.Dashboard.About;
using Tracker.Delivery.Mail;
using Tracker.Delivery.Webhooks;
using Tracker.Recording;

namespace Tracker.Hosting;

/// <summary>
/// All that an operator can set, in one list: it is what a start is checked against, what <c>--help</c> and the README show, and what says
/// which values are secrets.
/// </summary>
internal static class Settings
{
    public const string Section = "Tracker";
    public const string ConnectionString = "ConnectionStrings:Tracker";
    public const string DataDirectory = "Tracker:DataDirectory";
    public const string Authority = "Tracker:Jwt:Authority";
    public const string Audience = "Tracker:Jwt:Audience";
    public const string ClientSecret = "Tracker:SignIn:ClientSecret";
    public const string MailHost = WebhookCarrier.MailSetting;

    private const string Hidden = "(set, and not shown)";

    /// <summary>Sections of the stack that can be set by argument as ours can.</summary>
    private static readonly string[] OfTheStack = ["Logging", "Kestrel"];

    private static readonly string[] AddressNames = ["urls", "ASPNETCORE_URLS", "DOTNET_URLS"];

    public static ImmutableArray<Setting> All { get; } =
    [
        new(ConnectionString, "PostgreSQL 15 or later: `Host=…;Username=…;Password=…;Database=…`; several hosts allowed", "none: embedded") { IsSecret = true, Wrong = WrongConnection },
        new(DataDirectory, "the folder of the embedded database, its log, the owner's key, and the key that encrypts keys (`protection.pem`)", "for root `/var/lib/tracker`, for others `~/.local/share/tracker`; on macOS and Windows `Tracker` in the data folder"),
        new Setting(Seeds.Setting, "load `seeds/` into an empty database, in the order of `seeds/order.txt`", "true when embedded").Flag(),
        new(FirstKey.Setting, "the first owner's key, given rather than made: 32 characters or more, as from `openssl rand -hex 24`", "made, and shown once")
        {
            IsSecret = true,
            Wrong = value => value.Length < FirstKey.Least
                ? FormattableString.Invariant($"has {value.Length} characters and must have at least {FirstKey.Least}: with fewer it can be found by trying. Give one from 'openssl rand -hex 24', or leave it out and one is made")
                : null,
        },
        new(ProtectionCertificate.FileSetting, "the file, outside the database, whose key encrypts those that seal webhook secrets, forms and links to unsubscribe. Made where it is missing, readable by its user alone; all nodes share one, and it is not kept with backups of the database", "with the embedded database `protection.pem` in the data directory; else none, and a warning at the start"),
        new(ProtectionCertificate.CertificateSetting, "instead of it, a certificate of yours with its RSA key, PEM or PKCS #12", "none"),
        new(ProtectionCertificate.PasswordSetting, "the password of that certificate", "none") { IsSecret = true, Needs = ProtectionCertificate.CertificateSetting },
        new Setting("Tracker:PublicRead", "reading needs no credential", "true").Flag(),
        new(Proxies.Setting, "addresses and networks of the [proxies in front](docs/behind-a-proxy.md), parted by commas: from those alone `X-Forwarded-For`, `-Proto`, `-Host` and `-Prefix` are believed", "none"),
        new(PublicAddress.Setting, "the address under which others reach it: in feeds, link previews, snippets for other sites", "that of each request"),
        new(Authority, "the OpenID Connect issuer whose tokens are taken: an https address", "off") { Needs = Audience, Wrong = WrongIssuer },
        new(Audience, "the expected audience (`aud`) of its tokens", "none") { Needs = Authority },
        new("Tracker:Jwt:RoleClaim", "the claim that names roles", "`roles`") { Needs = Authority },
        new(IssuerSignIn.ClientSetting, "as which client of that issuer people sign in to the desk; they come back to `/sign-in/back`", "off") { Needs = Authority },
        new(ClientSecret, "the secret of that client", "none") { IsSecret = true, Needs = IssuerSignIn.ClientSetting },
        new(IssuerSignIn.NameSetting, "what the issuer is called on the page", "its host") { Needs = IssuerSignIn.ClientSetting },
        new(MailHost, "the SMTP server", "no mail"),
        new($"{MailSettings.Section}:From", "the sender (`From`) of mail", "none"),
        new($"{MailSettings.Section}:Security", "`none`, `startTls` or `tls`", "`startTls`"),
        new($"{MailSettings.Section}:Port", "the port of the SMTP server", "25, 587 or 465, by its security"),
        new($"{MailSettings.Section}:User", "the SMTP user name", "none"),
        new($"{MailSettings.Section}:Password", "the SMTP password", "none") { IsSecret = true },
        new($"{MailSettings.Section}:TrustedRoot", "a PEM file: the only authority whose certificate of the SMTP server is trusted", "those that the machine trusts"),
        new($"{OperatorSettings.Section}:Publisher", "who publishes this installation; on `/about`, linked from every page", "the page says that the operator has not said"),
        new($"{OperatorSettings.Section}:Contact", "where to write; a web or mail address becomes a link", "the same"),
        new($"{OperatorSettings.Section}:CorrectionsPolicy", "how corrections are made: a text, or the address of one", "the same"),
        new($"{OperatorSettings.Section}:DataLicence", "under which terms the data may be used: a text, or the address of one", "the same"),
        new Setting(Limits.AddressSetting, "requests a second from an address without a key; ten times as many at once", "1000").Number(1_000_000),
        new Setting(Limits.KeySetting, "requests a second with one key; ten times as many at once", "5000").Number(1_000_000),
        new Setting(Limits.CostlySetting, "requests that take long (reports, exports, imports, pictures, divergence) of one key, or one address without one, at once; eight times as many in all", "8").Number(1_000_000),
        new Setting(LiveStreams.Setting, "live streams that one key, or one address without a key, may have open", "200").Number(100_000),
        new Setting(LiveStreams.AllSetting, "live streams that all together may have open, on one node", "2000").Number(100_000),
        new Setting(ReadTimeout.Setting, "the longest that the database may take over one read, in seconds", "20").Number(3_600),
        new Setting(HeldAgendas.Setting, "how much memory agendas may take together that are held to answer reads, in megabytes; larger ones are read from the database", $"{HeldAgendas.DefaultMegabytes}").Number(1_000_000),
        new Setting(KeptAnswers.Setting, "how much memory finished answers may take together, in megabytes", $"{KeptAnswers.DefaultMegabytes}").Number(1_000_000),
        new Setting(WebhookCarrier.InnerSetting, "webhooks may lead to inner addresses, and without TLS", "false").Flag(),
        new(Headers.CorsSetting, "origins whose pages may read the API, parted by commas: `https://example.org`; `*` for all", "none") { Wrong = WrongOrigins },
    ];

    /// <summary>Checks all that is set.</summary>
    /// <exception cref="SettingException">Something is set that nobody reads, or that cannot be so, or that says nothing without another.</exception>
    public static void Check(IConfiguration configuration)
    {
        foreach (var (name, value) in configuration.GetSection(Section).AsEnumerable())
            if (value is not null && name != Section && Find(name) is null) throw Unknown(name);
        foreach (var connection in configuration.GetSection("ConnectionStrings").GetChildren())
            if (Find(connection.Path) is null && Nearest.To(connection.Path, [ConnectionString]) is not null) throw Unknown(connection.Path);

        foreach (var setting in All)
        {
            if (configuration[setting.Name] is not { } value || (value.Length == 0 && setting.MayBeEmpty)) continue;
            if (setting.Wrong(value) is { } must) throw new SettingException(setting.IsSecret ? $"{setting.Name} {must}." : $"{setting.Name} {must}; it is '{value}'.");
            if (setting.Needs is { } needed && string.IsNullOrEmpty(configuration[needed])) throw new SettingException($"{setting.Name} is set and needs {needed}: set that too, or leave both out.");
        }

        if (configuration[DataDirectory] is { Length: > 0 } && configuration[ConnectionString] is { Length: > 0 })
            throw new SettingException($"{DataDirectory} is the folder of the embedded database, and {ConnectionString} names another database: leave one of them out.");
        _ = new PublicAddress(configuration);
        _ = MailSettings.Of(configuration);
        foreach (var name in AddressNames)
            foreach (var address in (configuration[name] ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
                if (WrongAddress(address) is { } must) throw new SettingException($"{(name == "urls" ? "--urls" : name)} {must}; it is '{address}'.");
    }

    /// <summary>Whether an argument is a setting: <c>--Section:Name=value</c>.</summary>
    /// <exception cref="SettingException">It is written as one, of a section that there is not.</exception>
    public static bool IsGivenBy(string argument)
    {
        if (!argument.StartsWith("--", StringComparison.Ordinal) || argument.IndexOf('=', StringComparison.Ordinal) is not (> 2 and var end)) return false;
        var name = argument[2..end];
        if (name.Split(':') is not [var section, _, ..]) return false;
        return All.Select(x => x.Name.Split(':')[0]).Concat(OfTheStack).Contains(section, StringComparer.OrdinalIgnoreCase) ? true : throw Unknown(name);
    }

    /// <summary>What is set, for people to see: secrets are not in it, nor what the environment holds beside.</summary>
    public static IConfigurationRoot Shown(IConfiguration configuration) => new ConfigurationBuilder()
        .AddInMemoryCollection(All
            .Select(x => KeyValuePair.Create(x.Name, configuration[x.Name] is { Length: > 0 } value ? x.IsSecret ? Hidden : value : null))
            .Concat(configuration.GetSection("Logging").AsEnumerable())
            .Append(KeyValuePair.Create("urls", configuration["urls"]))
            .Where(x => x.Value is not null))
        .Build();

    /// <summary>The list as a table of Markdown, as the README has it.</summary>
    public static string Table() => string.Concat((string[])[
        "| setting (`:` is `__` in the environment) | meaning | default |\n", "|---|---|---|\n",
        .. All.Select(x => $"| `{x.Name}` | {x.Meaning} | {x.Default} |\n"),
    ]);

    private static Setting? Find(string name) => All.FirstOrDefault(x => x.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    private static SettingException Unknown(string name)
    {
        var names = All.Select(x => x.Name).ToArray();
        var meant = Nearest.To(name, names) ?? names.FirstOrDefault(x => x.EndsWith(name[name.LastIndexOf(':')..], StringComparison.OrdinalIgnoreCase));
        return new SettingException($"{name} is not a setting. {(meant is null ? "--help lists those that there are." : $"Did you mean {meant}?")}");
    }

    /// <summary>Never with a word of the value in it: what cannot be read may be a part of the password.</summary>
    private static string? WrongConnection(string value)
    {
        const string Form = "must be written Host=…;Username=…;Password=…;Database=…";
        var given = new DbConnectionStringBuilder();
        try
        {
            given.ConnectionString = value;
        }
        catch (ArgumentException)
        {
            return Form;
        }

        var read = new NpgsqlConnectionStringBuilder();
        string[] words = [.. typeof(NpgsqlConnectionStringBuilder).GetProperties().Select(x => x.GetCustomAttribute<DisplayNameAttribute>()?.DisplayName).OfType<string>()];
        foreach (string word in given.Keys)
        {
            try
            {
                read[word] = given[word];
            }
            catch (Exception e) when (e is ArgumentException or FormatException or InvalidCastException or OverflowException)
            {
                return words.FirstOrDefault(x => x.Equals(word, StringComparison.OrdinalIgnoreCase)) is { } known ? $"has a {known} that cannot be so"
                    : Nearest.To(word, words) is { } meant ? $"has a word that it cannot have, and nearly has {meant}"
                    : $"{Form}; it has another word, or a ';' in a password that is not in quotes";
            }
        }

        return string.IsNullOrEmpty(read.Host) ? "must name a Host" : null;
    }

    private static string? WrongIssuer(string value) =>
        Uri.TryCreate(value, UriKind.Absolute, out var uri) && uri.Query.Length == 0 && uri.Fragment.Length == 0 && uri.UserInfo.Length == 0
            && (uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback))
            ? null
            : "must be an https address such as https://issuer.example.org (http is for an issuer on this machine alone)";

    private static string? WrongOrigins(string value)
    {
        foreach (var origin in Headers.Origins(value).Where(x => x != "*"))
        {
            if (!Uri.TryCreate(origin, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https") || Uri.CheckHostName(uri.Host) is UriHostNameType.Unknown)
                return $"has '{origin}', which is no origin: it is written https://example.org";
            // As a browser writes it: without path, user, or the port that goes without saying.
            var sent = $"{uri.Scheme}://{uri.Authority}";
            if (!sent.Equals(origin, StringComparison.OrdinalIgnoreCase)) return $"has '{origin}', which no browser sends: write {sent}";
        }

        return null;
    }

    private static string? WrongAddress(string address)
    {
        const string Form = "must be an address to listen at, such as http://localhost:5081";
        BindingAddress parsed;
        try
        {
            parsed = BindingAddress.Parse(address);
        }
        catch (FormatException)
        {
            return Form;
        }

        if (parsed.IsUnixPipe || parsed.IsNamedPipe) return null;
        if (parsed.Scheme is not ("http" or "https") || parsed.PathBase.Length > 0 || parsed.Port is < 0 or > IPEndPoint.MaxPort) return Form;
        // Kestrel would take any other name for all addresses of the machine.
        return parsed.Host is "localhost" or "*" or "+" || IPAddress.TryParse(parsed.Host, out _) ? null : "must name localhost, an IP address, or * for all of this machine";
    }
}
