using System.Net;
using System.Net.Sockets;

namespace Tracker.Recording;

/// <summary>Who a request is counted with, where there is only so much for each.</summary>
public static class Askers
{
    /// <summary>Their principal; for who comes without a credential, or with a bad one, their address.</summary>
    public static string Asker(this HttpContext http) =>
        http.Features.Get<Caller>()?.Principal is { } principal ? "key " + principal : "address " + NetworkOf(http.Connection.RemoteIpAddress);

    /// <summary>Of an IPv6 address only the network counts: each customer has 2^64 addresses in theirs.</summary>
    private static string NetworkOf(IPAddress? address) => address switch
    {
        null => "unknown",
        { IsIPv4MappedToIPv6: true } => address.MapToIPv4().ToString(),
        { AddressFamily: AddressFamily.InterNetworkV6 } => Convert.ToHexStringLower(address.GetAddressBytes().AsSpan(0, 8)),
        _ => address.ToString(),
    };
}
