using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.RegularExpressions;
using Tracker.Api.Tests.Contract;
using Tracker.Hosting.Postgres;

namespace Tracker.Api.Tests.Harness;

/// <summary>nginx in front of a node, over TLS, set up by what <c>docs/behind-a-proxy.md</c> shows: at the root of one host, and under a sub-path of another.</summary>
public sealed partial class Nginx : IAsyncDisposable
{
    private const string NoNginx = "There is no nginx, which the service is tested behind: apt-get install nginx, as .ci/run does, or put one on the PATH.";

    private static readonly string? Program = ExternalProgram.OnPath("nginx") ?? (File.Exists("/usr/sbin/nginx") ? "/usr/sbin/nginx" : null);

    private readonly DirectoryInfo _folder;
    private readonly X509Certificate2 _certificate;
    private readonly Process _process;

    private Nginx(DirectoryInfo folder, X509Certificate2 certificate, Process process, int root, int sub)
    {
        (_folder, _certificate, _process) = (folder, certificate, process);
        Root = new Uri($"https://127.0.0.1:{root}/");
        Sub = new Uri($"https://127.0.0.1:{sub}/tracker/");
    }

    /// <summary>The node as a host of its own.</summary>
    public Uri Root { get; }

    /// <summary>The node under <c>/tracker/</c>.</summary>
    public Uri Sub { get; }

    public static bool IsInstalled => Program is not null;

    /// <summary>Says how to get it where it is not: the test is skipped, and fails on CI.</summary>
    public static void MustBeInstalled()
    {
        if (Program is null && Environment.GetEnvironmentVariable("CI") is null or "") Assert.Skip(NoNginx);
        Program.ShouldNotBeNull(NoNginx);
    }

    public static async Task<Nginx> StartAsync(Uri node)
    {
        MustBeInstalled();
        var folder = Directory.CreateTempSubdirectory("tracker-nginx-");
        var certificate = SelfSigned(folder.FullName);
        var (root, sub) = (FreePort(), FreePort());
        var (server, location) = Shown(node);
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "nginx.conf"), $$"""
            master_process off;
            daemon off;
            pid nginx.pid;
            events { }
            http {
            access_log off;
            client_body_temp_path temp;
            proxy_temp_path temp;
            fastcgi_temp_path temp;
            uwsgi_temp_path temp;
            scgi_temp_path temp;
            {{Listening(server, root)}}
            {{Listening(Location().Replace(server, _ => location), sub)}}
            }
            """);
        var process = Process.Start(new ProcessStartInfo(Program!, ["-p", folder.FullName, "-c", "nginx.conf", "-e", "stderr"]) { RedirectStandardError = true })!;
        var said = process.StandardError.ReadToEndAsync();
        foreach (var port in (int[])[root, sub])
            while (!await IsHeardAsync(port))
            {
                if (process.HasExited) throw new InvalidOperationException($"nginx ended: {await said}");
                await Task.Delay(20);
            }

        return new Nginx(folder, certificate, process, root, sub);
    }

    /// <summary>Speaks to nginx, trusting its certificate alone, and keeps cookies as a browser does.</summary>
    /// <param name="home">What addresses without a host begin at.</param>
    /// <param name="from">An address of this machine that the requests come from.</param>
    public HttpClient From(Uri home, string from = "127.0.0.1") => new(Handler(from, _certificate)) { BaseAddress = home, Timeout = TimeSpan.FromSeconds(30) };

    /// <summary>Speaks to a node without a proxy between.</summary>
    public static HttpClient Directly(Uri node, string from) => new(Handler(from, null)) { BaseAddress = node, Timeout = TimeSpan.FromSeconds(30) };

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _certificate.Dispose();
        _folder.Delete(recursive: true);
    }

    private static SocketsHttpHandler Handler(string from, X509Certificate2? trusted) => new()
    {
        AllowAutoRedirect = false,
        CookieContainer = new CookieContainer(),
        SslOptions = { RemoteCertificateValidationCallback = (_, shown, _, _) => shown?.GetCertHashString() == trusted?.GetCertHashString() },
        ConnectCallback = async (asked, ct) =>
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            socket.Bind(new IPEndPoint(IPAddress.Parse(from), 0));
            await socket.ConnectAsync(IPAddress.Loopback, asked.DnsEndPoint.Port, ct);
            return new NetworkStream(socket, ownsSocket: true);
        },
    };

    /// <summary>The server that the documentation shows at a root, and the location that it shows for a sub-path.</summary>
    private static (string Server, string Location) Shown(Uri node)
    {
        var shown = Block().Matches(File.ReadAllText(TheContract.Repository("docs", "behind-a-proxy.md"))).Select(x => x.Groups[1].Value.Replace("http://127.0.0.1:5080", $"http://{node.Authority}", StringComparison.Ordinal)).ToArray();
        shown.Length.ShouldBe(2);
        return (shown[0], shown[1]);
    }

    private static string Listening(string server, int port) => Certificates().Replace(server, "ssl_certificate$1 nginx$2;").Replace("listen 443 ssl;", $"listen 127.0.0.1:{port} ssl;", StringComparison.Ordinal);

    private static X509Certificate2 SelfSigned(string folder)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var now = TimeProvider.System.GetUtcNow();
        var certificate = new CertificateRequest("CN=tracker.example.org", key, HashAlgorithmName.SHA256).CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        File.WriteAllText(Path.Combine(folder, "nginx.pem"), certificate.ExportCertificatePem());
        File.WriteAllText(Path.Combine(folder, "nginx.key"), key.ExportPkcs8PrivateKeyPem());
        return certificate;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static async Task<bool> IsHeardAsync(int port)
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(IPAddress.Loopback, port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    [GeneratedRegex("```nginx\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex("location / \\{[^}]*\\}")]
    private static partial Regex Location();

    [GeneratedRegex("ssl_certificate(_key)? [^;]*(\\.pem|\\.key);")]
    private static partial Regex Certificates();
}
