using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Tracker.Api.Tests.Contract;
using Tracker.Api.Tests.Harness;
using Tracker.Hosting;

namespace Tracker.Api.Tests.Fuzz;

/// <summary>
/// Thousands of requests that nobody should send, made from the contract and of the pages, so that a new operation or page is attacked without a line here.
/// <c>TRACKER_FUZZ_REQUESTS</c> sends more of them, <c>TRACKER_FUZZ_SEED</c> others.
/// </summary>
public sealed class attacking_each_operation(PostgresUnderTest postgres)
{
    private const int Requests = 4_000;
    private const int Seed = 20221114;
    private const int MaxTold = 25;

    // A form that could not be taken is shown again, with all that was typed into it.
    private const int MostOfRefusal = 2 * 1024 * 1024;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task finds_no_fault_no_hang_and_nothing_changed_by_what_was_refused()
    {
        var (requests, seed) = (Setting("TRACKER_FUZZ_REQUESTS", Requests), Setting("TRACKER_FUZZ_SEED", Seed));
        await using var tracker = await TrackerUnderTest.StartAsync(postgres, null, $"--{Seeds.Setting}=true");
        var reader = (await tracker.Owner.PostAsync("keys", new { name = "reader", role = "reader" })).Should(201);
        var victim = (await tracker.Owner.PostAsync("keys", new { name = "victim", role = "coder" })).Should(201);
        var attacks = new Attacks(TheContract.Committed, await Pages.OfAsync(tracker), seed, Node.OwnerKey, reader["key"]);
        attacks.Learn("key", victim["id"]);
        attacks.Learn("report", (await tracker.Owner.PostAsync("agendas/us-china-bali/reports", new { validAt = "2023-01-31" })).Should(201)["slug"]);

        var (found, answers, slowest) = (new List<string>(), new SortedDictionary<int, int>(), (Took: TimeSpan.Zero, Of: ""));
        var all = Stopwatch.GetTimestamp();
        using var wire = new Wire(tracker.Node.Address);
        var before = await EverythingAsync(tracker);
        for (var i = 0; i < requests && found.Count < MaxTold; i++)
        {
            var (attack, errors, began) = (attacks.Make(i), tracker.Node.Errors.Count(), Stopwatch.GetTimestamp());
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
            patience.CancelAfter(Patience);
            Heard? heard;
            try
            {
                heard = await wire.AskAsync(attack.Request, attack.Method == "HEAD", attack.Broken, patience.Token);
            }
            catch (OperationCanceledException) when (!TestContext.Current.CancellationToken.IsCancellationRequested)
            {
                found.Add($"{i}: no answer within {Patience.TotalSeconds:0} s {attack}");
                continue;
            }

            var took = Stopwatch.GetElapsedTime(began);
            if (took > slowest.Took) slowest = (took, string.Create(CultureInfo.InvariantCulture, $"{i} ({heard?.Status}) {attack.How}"));
            if (heard is not null) answers[heard.Status] = answers.GetValueOrDefault(heard.Status) + 1;
            foreach (var fault in Faults(attack, heard)) found.Add($"{i}: {fault} {attack}\n      {heard?.Text}");
            if (tracker.Node.Errors.Skip(errors).FirstOrDefault() is { } error) found.Add($"{i}: logged an error {attack}\n      {error}");

            var after = await EverythingAsync(tracker);
            // A broken one is hung up on by whoever sends it too, and what came whole may have been recorded by then.
            var mayBeTaken = heard is null ? attack is { Broken: true, Whole: true } : heard.Status < 400;
            if (after != before && (attack.IsRead || !mayBeTaken)) found.Add($"{i}: answered {heard?.Status}, and there is '{after}' where there was '{before}' {attack}");
            before = after;
            if (heard is { Status: 201 } && heard["Location"] is { } location) attacks.LearnFrom(location);
            if (heard is { Status: 200 or 201 } && heard["ETag"] is { } tag) attacks.LearnTag(attack, tag);
        }

        foreach (var line in tracker.Node.Log)
            if (line.StartsWith(Hostile.Forged, StringComparison.Ordinal)) found.Add($"a line of the log was written by an attacker: {line}");
        var told = string.Create(CultureInfo.InvariantCulture, $"{requests} requests on {attacks.Operations} operations and {attacks.Pages} pages, seed {seed}: {string.Join(", ", answers.Select(x => $"{x.Value} × {x.Key}"))}; in {Stopwatch.GetElapsedTime(all).TotalSeconds:0} s; the slowest, {slowest.Of}, took {slowest.Took.TotalMilliseconds:0} ms");
        TestContext.Current.TestOutputHelper!.WriteLine(told);
        TestContext.Current.SendDiagnosticMessage(told);
        if (found.Count > 0) Assert.Fail($"{told}\n{string.Join("\n", found)}");
        if (requests >= Requests) answers.Keys.Intersect([200, 201, 304, 400, 401, 404, 405, 409, 412, 415, 422]).Count().ShouldBe(11, $"{told}: the attacks reach less than they should");
    }

    private static IEnumerable<string> Faults(Attack attack, Heard? heard)
    {
        if (heard is null)
        {
            // Kestrel hangs up on what is no HTTP, or ends before its announced end.
            if (!attack.Broken) yield return "hung up";
            yield break;
        }

        if (heard.Status >= 500) yield return $"answered {heard.Status}";
        if (heard.Status >= 400 && heard.Body.Length > MostOfRefusal) yield return $"answered {heard.Status} with {heard.Body.Length} bytes";
        if (attack.Operation is { } operation)
        {
            if (heard["Content-Type"]?.StartsWith("text/event-stream", StringComparison.Ordinal) == true) yield break;
            using var message = heard.AsMessage();
            foreach (var fault in TheContract.Committed.Faults(operation, heard.Status, message, heard.Body)) yield return fault;
        }
        else if (heard.Status >= 400 && heard.Body.Length > 0 && attack.Target.StartsWith("/api/", StringComparison.Ordinal))
        {
            if (heard["Content-Type"] != "application/problem+json") yield return $"refused as {heard["Content-Type"]}";
            else if (!Codes.Value.Contains((string)JsonNode.Parse(heard.Body)!["code"]!)) yield return "refused with a code that the contract does not know";
        }
    }

    /// <summary>The codes that the contract names, and those of an address that is none of its.</summary>
    private static readonly Lazy<HashSet<string>> Codes = new(() => [.. TheContract.Committed.Codes, "method-not-allowed", "not-acceptable"]);

    /// <summary>All that a command could change. The calendar records when it will, each day at one position, and is nobody's request.</summary>
    private static Task<string> EverythingAsync(TrackerUnderTest tracker) => tracker.AskAsync<string>("""
        with days as (select count(*) as reached from tracker.mt_events where type = 'day_reached')
        select (select count(*) - (select reached from days) from tracker.mt_events) || ' events, '
            || (select count(*) || ' agendas at ' || sum(position) - (select reached from days) from tracker.agenda_line) || ', '
            || (select count(*) || ' keys, of them revoked ' || count(revoked_at) from tracker.access_key) || ', ' || (select count(*) from tracker.repeated_command) || ' repeats'
        """);

    private static int Setting(string name, int otherwise) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;
}
