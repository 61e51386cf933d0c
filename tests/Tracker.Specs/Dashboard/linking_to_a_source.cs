using Tracker.Dashboard.Frame;

namespace Tracker.Specs.Dashboard;

public sealed class linking_to_a_source
{
    [Theory]
    [InlineData("https://example.org/a?b=c", "https://example.org/a?b=c")]
    [InlineData("http://example.org/", "http://example.org/")]
    public void goes_to_the_web(string address, string link) => WebLink.Of(address).ShouldBe(link);

    [Theory]
    [InlineData("javascript:alert(1)")]
    [InlineData("data:text/html,x")]
    [InlineData("/agendas")]
    [InlineData("file:///etc/hosts")]
    [InlineData("")]
    [InlineData(null)]
    public void goes_nowhere_else(string? address) => WebLink.Of(address).ShouldBeNull();
}
