using System.Net;
using System.Net.Sockets;
using Tracker.Delivery.Webhooks;

namespace Tracker.Specs.Delivery;

public sealed class an_address_given_by_a_user
{
    [Theory]
    [InlineData("93.184.215.14")]
    [InlineData("8.8.8.8")]
    [InlineData("100.63.255.255")]
    [InlineData("100.128.0.1")]
    [InlineData("168.63.129.17")]
    [InlineData("172.15.0.1")]
    [InlineData("172.32.0.1")]
    [InlineData("198.17.0.1")]
    [InlineData("198.20.0.1")]
    [InlineData("223.255.255.255")]
    [InlineData("2606:4700::1111")]
    [InlineData("2002:0808:0808::1")]
    [InlineData("64:ff9b::808:808")]
    [InlineData("::ffff:8.8.8.8")]
    public void is_public(string address) => Outbound.IsPublic(IPAddress.Parse(address)).ShouldBeTrue();

    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("10.1.2.3")]
    [InlineData("100.64.0.1")]
    [InlineData("127.0.0.1")]
    [InlineData("127.255.255.254")]
    [InlineData("168.63.129.16")]
    [InlineData("::ffff:168.63.129.16")]
    [InlineData("64:ff9b::a83f:8110")]
    [InlineData("169.254.169.254")]
    [InlineData("172.16.0.1")]
    [InlineData("172.31.255.255")]
    [InlineData("192.0.0.1")]
    [InlineData("192.0.2.1")]
    [InlineData("192.88.99.1")]
    [InlineData("192.168.1.1")]
    [InlineData("198.18.0.1")]
    [InlineData("198.51.100.1")]
    [InlineData("203.0.113.9")]
    [InlineData("224.0.0.1")]
    [InlineData("255.255.255.255")]
    [InlineData("::")]
    [InlineData("::1")]
    [InlineData("fe80::1")]
    [InlineData("fc00::1")]
    [InlineData("fd12:3456::1")]
    [InlineData("ff02::1")]
    [InlineData("2001::1")]
    [InlineData("2001:db8::1")]
    [InlineData("3fff::1")]
    [InlineData("2002:7f00:1::")]
    [InlineData("2002:c0a8:1::")]
    [InlineData("64:ff9b::7f00:1")]
    [InlineData("64:ff9b:1::1")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("::ffff:10.0.0.1")]
    public void is_inner(string address) => Outbound.IsPublic(IPAddress.Parse(address)).ShouldBeFalse();

    [Theory]
    [InlineData("localhost")]
    [InlineData("127.0.0.1")]
    [InlineData("[::1]")]
    [InlineData("[::ffff:127.0.0.1]")]
    [InlineData("2130706433")]
    [InlineData("0x7f.1")]
    public async Task is_not_connected_to_where_it_leads_inside(string host)
    {
        using var listener = new TcpListener(IPAddress.IPv6Any, 0);
        listener.Server.DualMode = true;
        listener.Start();
        using var client = new HttpClient(Outbound.Handler());
        var refused = await Should.ThrowAsync<HttpRequestException>(() =>
            client.GetAsync(new Uri($"http://{host}:{((IPEndPoint)listener.LocalEndpoint).Port}/")));
        refused.InnerException.ShouldBeOfType<InnerAddressException>();
        listener.Pending().ShouldBeFalse();
    }

    [Fact]
    public async Task is_judged_anew_each_time_and_connected_to_as_it_was_judged()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        // A name that leads to a public address when it is looked at, and inside from then on.
        var asked = 0;
        var judged = new List<IPAddress>();
        using var client = new HttpClient(Outbound.Handler(
            to => { judged.Add(to.Address); return false; },
            (_, _) => Task.FromResult<IPAddress[]>(asked++ == 0 ? [IPAddress.Parse("192.0.2.1"), IPAddress.Loopback] : [IPAddress.Loopback])));

        for (var i = 0; i < 2; i++)
            (await Should.ThrowAsync<HttpRequestException>(() => client.GetAsync(new Uri($"http://rebinds.example:{port}/")))).InnerException.ShouldBeOfType<InnerAddressException>();

        asked.ShouldBe(2, "the name is looked up once for each connection");
        judged.ShouldBe([IPAddress.Parse("192.0.2.1"), IPAddress.Loopback, IPAddress.Loopback]);
        listener.Pending().ShouldBeFalse();
    }

    [Fact]
    public async Task is_connected_to_at_its_next_address_where_the_first_does_not_answer()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        // Nobody listens there at that port, on another of the machine's own addresses.
        using var client = new HttpClient(Outbound.Handler(to => IPAddress.IsLoopback(to.Address), (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Parse("127.0.0.2"), IPAddress.Loopback])));
        var asked = client.GetAsync(new Uri($"http://two.example:{port}/"));
        using var connection = await listener.AcceptTcpClientAsync().WaitAsync(TimeSpan.FromSeconds(20));
        await connection.GetStream().WriteAsync("HTTP/1.1 204 No Content\r\n\r\n"u8.ToArray());
        (await asked).StatusCode.ShouldBe(HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task that_answers_nowhere_fails_as_the_last_address_did()
    {
        using var client = new HttpClient(Outbound.Handler(_ => true, (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Parse("127.0.0.2"), IPAddress.Loopback])));
        using var free = new TcpListener(IPAddress.Any, 0);
        free.Start();
        var port = ((IPEndPoint)free.LocalEndpoint).Port;
        free.Stop();
        (await Should.ThrowAsync<HttpRequestException>(() => client.GetAsync(new Uri($"http://nowhere.example:{port}/")))).InnerException.ShouldBeOfType<SocketException>().SocketErrorCode.ShouldBe(SocketError.ConnectionRefused);
    }

    [Fact]
    public async Task is_connected_to_where_it_is_allowed()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        using var client = new HttpClient(Outbound.Handler(to => to.Port == port));
        var asked = client.GetAsync(new Uri($"http://127.0.0.1:{port}/"));
        using var connection = await listener.AcceptTcpClientAsync();
        await connection.GetStream().WriteAsync("HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1/elsewhere\r\nContent-Length: 0\r\n\r\n"u8.ToArray());
        (await asked).StatusCode.ShouldBe(HttpStatusCode.Found, "a redirect is the answer, and not followed");
    }
}
