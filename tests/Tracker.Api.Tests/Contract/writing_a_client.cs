using Tracker.Api.Tests.Harness;

namespace Tracker.Api.Tests.Contract;

/// <summary>What a client's author does with the contract and nothing else: lints it, generates types from it, writes against them, and runs.</summary>
public sealed class writing_a_client(PostgresUnderTest postgres, ClientTools tools) : IClassFixture<ClientTools>
{
    [Theory]
    [InlineData("spectral")]
    [InlineData("redocly")]
    public Task finds_nothing_to_complain_about(string linter) => tools.RunAsync("lint:" + linter);

    [Fact]
    public async Task goes_from_the_document_to_a_whole_story_told_to_a_server()
    {
        await tools.RunAsync("generate");
        await tools.RunAsync("compile");
        await tools.RunAsync("story",
            ("TRACKER_URL", (await postgres.SharedAsync()).Node.Address.ToString().TrimEnd('/')), ("TRACKER_KEY", Node.OwnerKey), ("TRACKER_AGENDA", TrackerUnderTest.NewName("story")));
    }
}
