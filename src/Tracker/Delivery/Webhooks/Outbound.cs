using System.Net;
using System.Net.Sockets;

namespace Tracker.Delivery.Webhooks;

/// <summary>
/// The one way out to addresses that users give. It connects only to public addresses, and to the very address it judged: a name that
/// resolves to an inner one, now or a moment later, leads nowhere, and neither does a redirect.
/// </summary>
public static class Outbound
{
    // Of a name's addresses so many are tried, one after another, each for so long.
    private const int MostTried = 3;
    private static readonly TimeSpan PatienceWithEach = TimeSpan.FromSeconds(4);

    /// <summary>A handler that refuses inner addresses with <see cref="InnerAddressException"/>.</summary>
    /// <param name="allowed">Addresses allowed although they are inner: a receiver under test.</param>
    /// <param name="resolve">How names are resolved, where not by the system.</param>
    public static SocketsHttpHandler Handler(Predicate<IPEndPoint>? allowed = null, Func<string, CancellationToken, Task<IPAddress[]>>? resolve = null) => new()
    {
        AllowAutoRedirect = false,
        UseProxy = false,
        UseCookies = false,
        ConnectTimeout = MostTried * PatienceWithEach,
        // What a recipient says beyond the beginning is not waited for.
        MaxResponseDrainSize = 64 * 1024,
        ResponseDrainTimeout = TimeSpan.FromMilliseconds(100),
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        MaxResponseHeadersLength = 32,
        ConnectCallback = async (context, ct) =>
        {
            var addresses = await (resolve ?? Dns.GetHostAddressesAsync)(context.DnsEndPoint.Host, ct);
            var failed = (Exception)new InnerAddressException($"'{context.DnsEndPoint.Host}' has no public address.");
            foreach (var to in addresses.Select(x => new IPEndPoint(x, context.DnsEndPoint.Port)).Where(x => IsPublic(x.Address) || allowed?.Invoke(x) == true).Take(MostTried))
            {
                try
                {
                    return await ConnectAsync(to, ct);
                }
                catch (SocketException e)
                {
                    // The next address may lead there.
                    failed = e;
                }
            }

            throw failed;
        },
    };

    private static async Task<NetworkStream> ConnectAsync(IPEndPoint to, CancellationToken ct)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(PatienceWithEach);
        var socket = new Socket(to.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(to, patience.Token);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch (Exception e)
        {
            socket.Dispose();
            if (e is OperationCanceledException && !ct.IsCancellationRequested) throw new SocketException((int)SocketError.TimedOut);
            throw;
        }
    }

    /// <summary>
    /// Whether an address is one of the public Internet's: by IANA's special-purpose registries (RFC 6890 and its successors), with
    /// IPv4 inside IPv6 (mapped, 6to4, NAT64, Teredo) judged by what is inside, or refused.
    /// </summary>
    public static bool IsPublic(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        var bytes = address.GetAddressBytes();
        if (address.AddressFamily is AddressFamily.InterNetwork)
        {
            return bytes switch
            {
                [0 or 10 or 127, ..] => false,
                [100, >= 64 and <= 127, ..] => false,
                // What serves Azure's machines (WireServer), and no one outside.
                [168, 63, 129, 16] => false,
                [169, 254, ..] => false,
                [172, >= 16 and <= 31, ..] => false,
                [192, 0, 0 or 2, _] => false,
                [192, 88, 99, _] => false,
                [192, 168, ..] => false,
                [198, 18 or 19, ..] => false,
                [198, 51, 100, _] => false,
                [203, 0, 113, _] => false,
                [>= 224, ..] => false,
                _ => true,
            };
        }

        return bytes switch
        {
            // NAT64: what it leads to is inside.
            [0x00, 0x64, 0xff, 0x9b, 0, 0, 0, 0, 0, 0, 0, 0, ..] => IsPublic(new IPAddress(bytes.AsSpan(12))),
            // 6to4 likewise.
            [0x20, 0x02, ..] => IsPublic(new IPAddress(bytes.AsSpan(2, 4))),
            // Special assignments (Teredo, ORCHID, benchmarking) and documentation.
            [0x20, 0x01, 0x00 or 0x01, ..] => false,
            [0x20, 0x01, 0x0d, 0xb8, ..] => false,
            [0x3f, 0xff, <= 0x0f, ..] => false,
            // Global unicast is 2000::/3; all else is loopback, local, multicast or unassigned.
            [>= 0x20 and <= 0x3f, ..] => true,
            _ => false,
        };
    }
}

/// <summary>The address leads inside: to this machine, its network, or nowhere public.</summary>
public sealed class InnerAddressException : Exception
{
    public InnerAddressException() { }

    public InnerAddressException(string message) : base(message) { }

    public InnerAddressException(string message, Exception inner) : base(message, inner) { }
}
