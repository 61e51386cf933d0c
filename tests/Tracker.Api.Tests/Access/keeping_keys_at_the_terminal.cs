using System.Security.Cryptography;
using System.Text;
using Tracker.Api.Tests.Harness;

namespace Tracker.Api.Tests.Access;

/// <summary><c>keys create|list|revoke</c>, beside a server that runs meanwhile.</summary>
public sealed class keeping_keys_at_the_terminal(TrackerWithAnOwner one, PostgresUnderTest postgres) : IClassFixture<TrackerWithAnOwner>
{
    [Fact]
    public async Task makes_one_that_works_lists_it_without_its_secret_and_ends_it_at_once()
    {
        await using var tracker = await TrackerUnderTest.StartAsync(postgres);

        var made = await TheProgram.RunOnAsync(tracker.ConnectionString, "keys", "create", "--name", "Ana", "--role", "owner", "--agenda", "some-agenda", "--expires-at", "2999-01-01T00:00:00Z");

        made.ExitCode.ShouldBe(0, made.Errors);
        var secret = made.Output.TrimEnd('\r', '\n');
        secret.ShouldStartWith("trk_");
        secret.Length.ShouldBe(47, "nothing but the key stands on standard output");
        made.Errors.ShouldContain("Ana, owner on some-agenda");
        made.Errors.ShouldNotContain(secret);
        var row = await tracker.AskAsync<string>("select row_to_json(k)::text from tracker.access_key k where name = 'Ana'");
        row.ShouldNotContain(secret["trk_".Length..]);
        row.ShouldContain(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret))));
        var ana = tracker.Node.With(secret);
        var id = (string)(await ana.GetAsync("keys")).Should(200).Json["items"]![0]!["id"]!;

        var listed = await TheProgram.RunOnAsync(tracker.ConnectionString, "keys", "list");
        listed.ExitCode.ShouldBe(0, listed.Errors);
        var line = listed.Output.Split('\n').Single(x => x.StartsWith(id, StringComparison.Ordinal));
        foreach (var said in (string[])["Ana", "owner", "some-agenda", "2999-01-01 00:00"]) line.ShouldContain(said);
        listed.Output.ShouldNotContain(secret["trk_".Length..]);

        var ended = await TheProgram.RunOnAsync(tracker.ConnectionString, "keys", "revoke", id);
        (ended.ExitCode, ended.Output).ShouldBe((0, ""), ended.Errors);
        (await ana.GetAsync("keys")).ShouldRefuse(401, "unauthenticated");
        (await tracker.AskAsync<long>("select count(*) from tracker.access_key where revoked_at is not null")).ShouldBe(1);
    }

    [Theory]
    [InlineData(1, "bad-role", "role:", "create", "--name", "Ana", "--role", "king")]
    [InlineData(1, "bad-name", "name:", "create", "--name", "Ana\u202e", "--role", "coder")]
    [InlineData(1, "not-found", "no key", "revoke", "k-none")]
    [InlineData(2, "", "--role", "create", "--name", "Ana")]
    [InlineData(2, "", "--agenda", "create", "--name", "Ana", "--role", "owner", "--agend", "some-agenda")]
    public async Task complains_where_it_should_and_changes_nothing(int exitCode, string code, string said, params string[] arguments)
    {
        var tracker = one.Tracker;

        var refused = await TheProgram.RunOnAsync(tracker.ConnectionString, ["keys", .. arguments]);

        refused.ExitCode.ShouldBe(exitCode);
        refused.Errors.ShouldContain(said);
        refused.Errors.ShouldContain(code);
        refused.Output.ShouldNotContain("trk_");
        refused.Errors.ShouldNotContain("   at ", Case.Sensitive, refused.Errors);
        (await tracker.AskAsync<long>("select count(*) from tracker.access_key")).ShouldBe(1);
    }

    [Fact]
    public async Task leaves_the_last_owner_theirs()
    {
        var tracker = one.Tracker;
        var id = await tracker.AskAsync<string>("select id from tracker.access_key");

        var refused = await TheProgram.RunOnAsync(tracker.ConnectionString, "keys", "revoke", id);

        (refused.ExitCode, refused.Output).ShouldBe((1, ""));
        refused.Errors.ShouldContain("(last-owner)");
        (await tracker.Owner.GetAsync("keys")).Should(200);
    }
}
