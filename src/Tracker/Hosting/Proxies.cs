using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.HttpOverrides;
using Tracker.Recording;
using IPNetwork = System.Net.IPNetwork;

namespace Tracker.Hosting;

/// <summary>
/// The proxies in front of the service. From them alone it takes who asks and under which address: <c>X-Forwarded-For</c>, <c>-Proto</c>,
/// <c>-Host</c> and <c>-Prefix</c>. Anybody else may send what they like.
/// </summary>
internal static class Proxies
{
    /// <summary>Addresses and networks, comma-separated: <c>127.0.0.1, 10.1.0.0/16</c>. Nobody where it is not set.</summary>
    public const string Setting = "Tracker:Proxies";

    public static IServiceCollection AddProxies(this IServiceCollection services, IConfiguration configuration)
    {
        var trusted = Trusted(configuration);
        return services.Configure<ForwardedHeadersOptions>(options =>
        {
            // Whatever ASPNETCORE_FORWARDEDHEADERS_ENABLED says: it would believe everybody.
            options.ForwardedHeaders = trusted.Length == 0 ? ForwardedHeaders.None : ForwardedHeaders.All;
            options.KnownProxies.Clear();
            options.KnownIPNetworks.Clear();
            foreach (var network in trusted) options.KnownIPNetworks.Add(network);
            // One proxy behind another, back to the first that is not trusted.
            options.ForwardLimit = null;
        });
    }

    public static void UseProxies(this WebApplication app)
    {
        app.UseForwardedHeaders();
        var isHttps = app.Services.GetRequiredService<PublicAddress>().IsHttps;
        app.Use((http, next) =>
        {
            // Addresses of ours follow it, and these begin with a slash: "/tracker/" is "/tracker", and "/" is none.
            if (http.Request.PathBase.Value?.Trim('/') is { } path) http.Request.PathBase = path.Length == 0 ? PathString.Empty : new PathString("/" + path);
            if (isHttps) http.Request.Scheme = Uri.UriSchemeHttps;
            return next(http);
        });
    }

    private static IPNetwork[] Trusted(IConfiguration configuration) =>
        [.. (configuration[Setting] ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(Network)];

    private static IPNetwork Network(string text) =>
        IPNetwork.TryParse(text, out var network) ? network
        // "10.1" is an address too, and hardly the one that was meant.
        : IPAddress.TryParse(text, out var address) && (address.AddressFamily is AddressFamily.InterNetworkV6 || text.Count(x => x == '.') == 3)
            ? new IPNetwork(address, address.AddressFamily is AddressFamily.InterNetworkV6 ? 128 : 32)
        : throw new InvalidOperationException($"{Setting} holds '{text}', which is no address or network: write them as 10.1.2.3, 10.1.0.0/16 or 2001:db8::/32, with commas between.");
}
