using System.Globalization;
using System.Text.RegularExpressions;

namespace Tracker.Api.Tests.Harness;

/// <summary>What every recorded command owes its client and the record.</summary>
public static partial class Owed
{
    private const string Trace = "0af7651916cd43dd8448eb211c80319c";

    /// <summary>Sends a command that creates, and sees everything that a creation owes.</summary>
    /// <param name="by">The name the client's key was made for.</param>
    /// <param name="location">Where the new thing is; <c>*</c> for a last part that the server makes.</param>
    /// <param name="stream">The stream its events are on, without the agenda.</param>
    /// <param name="events">Their names.</param>
    public static async Task<Reply> CreatesAsync(
        this Ledger ledger, Client client, string by, string to, object command, string location, string stream, params string[] events)
    {
        var reply = await ledger.RecordsAsync(client, by, to, command, 201, stream, events);
        reply.Location.ShouldNotBeNull();
        if (location.EndsWith('*')) reply.Location.ShouldStartWith($"/api/v1/{ledger.Path}/{location[..^1]}");
        else reply.Location.ShouldBe($"/api/v1/{ledger.Path}/{location}");
        // Proposals are for those who work on the agenda.
        var got = (await (location.StartsWith("evidence", StringComparison.Ordinal) ? ledger.Owner : ledger.Tracker.Public).GetAsync(reply.Position, reply.Location)).Should(200);
        Compared(got).ShouldBe(Compared(reply), "the ETag of a read serves If-Match as that of the answer does");
        foreach (var (member, value) in reply.Json.AsObject())
            if (member is not "evidence") got.Json[member]?.ToJsonString().ShouldBe(value?.ToJsonString(), member);
        return reply;
    }

    /// <summary>Sends a command, and sees everything that a recorded command owes.</summary>
    public static async Task<Reply> RecordsAsync(
        this Ledger ledger, Client client, string by, string to, object command, int status, string stream, params string[] events)
    {
        var (position, count) = (await ledger.PositionAsync(), (await ledger.EventsAsync()).Count);
        var reply = (await client.PostAsync($"{ledger.Path}/{to}", command, ("traceparent", $"00-{Trace}-b7ad6b7169203331-01"))).Should(status);

        reply.ContentType.ShouldBe("application/json; charset=utf-8");
        reply.CacheControl.ShouldBe("no-store");
        reply.ETag.ShouldNotBeNull();
        Tag().IsMatch(reply.ETag).ShouldBeTrue(reply.ETag);
        reply.Position.ShouldBe(position + 1);
        (await ledger.PositionAsync()).ShouldBe(position + 1);

        var recorded = (await ledger.EventsAsync()).Skip(count).ToArray();
        recorded.Select(x => x.Type).ShouldBe(events);
        var principal = await ledger.Tracker.PrincipalOfAsync(by);
        principal.ShouldNotContain(by);
        foreach (var e in recorded)
        {
            if (!stream.EndsWith('*')) e.Stream.ShouldBe($"{ledger.Slug}/{stream}");
            else e.Stream.ShouldStartWith($"{ledger.Slug}/{stream[..^1]}");
            e.Position.ShouldBe(position + 1);
            e.By.ShouldBe(principal);
            e.Correlation.ShouldBe(Trace);
            e.Causation.ShouldNotBeNullOrEmpty();
            e.At.ShouldBe(recorded[0].At, "a recording bears one instant");
        }

        recorded.Select(x => x.Last).ShouldBe([.. Enumerable.Repeat(false, recorded.Length - 1), true]);
        return reply;
    }

    /// <summary>The part of an entity tag that <c>If-Match</c> compares.</summary>
    private static string Compared(Reply reply) => reply.ETag![..^17];

    /// <summary>The version of the thing that an answer is about.</summary>
    public static long VersionOf(Reply reply) => long.Parse(reply.ETag!.Trim('"').Split('-')[0], CultureInfo.InvariantCulture);

    [GeneratedRegex("^\"[0-9]+-([0-9a-f]{8})?[0-9a-f]{16}\"$")]
    private static partial Regex Tag();
}
