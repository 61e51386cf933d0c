using System.Text;
using Microsoft.Extensions.Time.Testing;
using Tracker.Api.Tests.Contract;
using Tracker.Api.Tests.Delivery;
using Tracker.Api.Tests.Harness;

namespace Tracker.Api.Tests.Stored;

/// <summary>
/// A position given back repeats an answer byte for byte, for ever: by later programs too. What is committed beside the stored
/// history was answered by the program of its
/// time. Where an answer must have a member more, <c>docs/stability.md</c> says how those before it stay.
/// </summary>
public sealed class reading_what_was_stored(PostgresUnderTest postgres)
{
    private static readonly string Folder = TheContract.Repository("tests", "Tracker.Api.Tests", "Stored", "answers");

    [Fact]
    public async Task gives_the_bytes_that_were_given_then()
    {
        var database = await postgres.NewDatabaseAsync();
        var last = await StoredHistory.StoreAsync(database);
        // The day of its last recording: nothing is due that it does not tell.
        await using var node = await Node.StartAsync(database, new FakeTimeProvider((DateTimeOffset)StoredHistory.Events.Last()["at"]!));
        var client = node.With(Node.OwnerKey);
        await Seen.SoonAsync(async () => (int)(await client.GetAsync($"{Bali}/changes?atLeast={last}")).Status == 200);
        var reports = (await client.GetAsync($"{Bali}/reports?limit=200")).Should(200).Json["items"]!.AsArray().Select(x => (string)x!["slug"]!).ToArray();
        var answers = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var asked in Questions(last, reports)) answers.Add(NameOf(asked), (await client.GetAsync(asked.StartsWith('?') ? $"{Bali}{asked}" : $"{Bali}/{asked}")).Should(200).Text);

        if (Environment.GetEnvironmentVariable("TRACKER_ACCEPT_BASELINES") == "1") await KeepAsync(answers);
        var kept = Directory.EnumerateFiles(Folder).ToDictionary(x => Path.GetFileName(x), File.ReadAllText, StringComparer.Ordinal);
        kept.Keys.Order(StringComparer.Ordinal).ShouldBe(answers.Keys.Order(StringComparer.Ordinal));
        foreach (var (name, text) in kept) answers[name].ShouldBe(text, $"{name} is not answered as it was: it was promised for ever (docs/stability.md)");
        foreach (var report in reports) (await client.GetAsync($"{Bali}/reports/{report}/verification")).Should(200).Json["matches"]!.GetValue<bool>().ShouldBeTrue(report);
        (await client.GetAsync($"{Bali}/changes")).Should(200).Position.ShouldBe(last, "nothing was recorded meanwhile");
        node.Errors.ShouldBeEmpty();
    }

    /// <summary>What is kept tells of everything that may come: else it would defend nothing.</summary>
    [Fact]
    public void tells_of_changes_of_each_kind_and_of_what_is_late()
    {
        var all = string.Join('\n', Directory.EnumerateFiles(Folder).Select(File.ReadAllText));
        foreach (var said in (string[])["statusChanged", "corrected", "withdrawn", "reinstated", "becameOverdue", "becameStale", "redacted", "\"stale\":true", "\"overdue\":true", "\"late\":true"]) all.ShouldContain(said);
    }

    private static string Bali => $"agendas/{StoredHistory.Agenda}";

    private static IEnumerable<string> Questions(long last, string[] reports)
    {
        (long Position, string Day)[] views = [(1, "2022-12-15"), (1, "2023-01-31"), (last - 4, "2023-02-10"), (last, "2023-04-30"), (last, "2023-12-01")];
        foreach (var (position, day) in views)
            foreach (var what in (string[])["board", "matrix", "matrix.csv", "timeline", "divergence", "badge.svg", "commitments/secretary-visit"])
                yield return FormattableString.Invariant($"{what}?validAt={day}&knownAt={position}");
        foreach (var what in (string[])["board", "commitments/maintain-communication"]) yield return FormattableString.Invariant($"{what}?validAt=2023-12-01&since=woodside&knownAt={last}");
        foreach (var position in (long[])[1, last])
            foreach (var what in (string[])["?", "commitments?limit=25&", "activities?limit=25&", "sources?limit=25&", "evidence?limit=25&"]) yield return FormattableString.Invariant($"{what}knownAt={position}");
        yield return "changes?limit=200";
        yield return "history?limit=200";
        yield return "commitments/secretary-visit/history?limit=200";
        foreach (var report in reports)
            foreach (var form in (string[])["json", "md", "csv"]) yield return $"reports/{report}.{form}";
    }

    /// <summary>The file that an answer is kept in.</summary>
    private static string NameOf(string asked) => asked.Replace('/', '-').Replace('?', '_') + ".txt";

    private static async Task KeepAsync(Dictionary<string, string> answers)
    {
        Directory.CreateDirectory(Folder);
        // What was given stays; only what is new is added.
        foreach (var (name, text) in answers)
            if (Path.Combine(Folder, name) is var file && !File.Exists(file)) await File.WriteAllTextAsync(file, text, new UTF8Encoding(false));
    }
}
