using Tracker.Api.Tests.Harness;

namespace Tracker.Api.Tests.Exchange;

/// <summary><c>import FILE [--dry-run]</c> and <c>export AGENDA</c>, beside a server that runs meanwhile.</summary>
public sealed class exchanging_at_the_terminal(PostgresUnderTest postgres)
{
    private const string Everything = "select concat_ws(' ', (select count(*) from tracker.mt_events), (select count(*) from tracker.mt_streams), (select count(*) from tracker.agenda_line))";

    [Fact]
    public async Task checks_a_bundle_and_changes_nothing_takes_it_and_gives_it_back()
    {
        await using var tracker = await TrackerUnderTest.StartAsync(postgres);
        var folder = Directory.CreateTempSubdirectory("tracker-exchange-");
        try
        {
            var (bundle, wrong, back) = (Path.Combine(folder.FullName, "bundle.json"), Path.Combine(folder.FullName, "wrong.json"), Path.Combine(folder.FullName, "back.json"));
            await File.WriteAllTextAsync(bundle, Bundles.Of("by-hand", 2).ToJsonString());
            await File.WriteAllTextAsync(wrong, Bundles.Of("by-hand", 2).With("activities[1].occurred", "\"Dec-22\"").ToJsonString());
            var before = await tracker.AskAsync<string>(Everything);

            var tried = await TheProgram.RunOnAsync(tracker.ConnectionString, "import", bundle, "--dry-run");
            tried.ExitCode.ShouldBe(0, tried.Errors);
            Counts(tried.Output).ShouldBe(["agendas 1 0", "sources 1 0", "commitments 1 0", "activities 2 0", "evidence 2 0", "searches 1 0"]);
            tried.Output.ShouldEndWith("\nChecked, and nothing changed.\n");

            var refused = await TheProgram.RunOnAsync(tracker.ConnectionString, "import", wrong);
            (refused.ExitCode, refused.Output).ShouldBe((1, ""));
            refused.Errors.ShouldContain("activities[1].occurred");
            (await tracker.AskAsync<string>(Everything)).ShouldBe(before);

            var imported = await TheProgram.RunOnAsync(tracker.ConnectionString, "import", bundle);
            imported.ExitCode.ShouldBe(0, imported.Errors);
            Counts(imported.Output).ShouldBe(Counts(tried.Output), "it does what was said");
            imported.Output.ShouldEndWith("\n'by-hand' is at position 1.\n");
            (await tracker.Public.GetAsync("agendas/by-hand/activities/act-1")).Should(200);

            var exported = await TheProgram.RunOnAsync(tracker.ConnectionString, "export", "by-hand", "--output", back);
            (exported.ExitCode, exported.Output).ShouldBe((0, ""), exported.Errors);
            (await File.ReadAllTextAsync(back)).ShouldBe((await tracker.Owner.GetAsync("agendas/by-hand/export")).Should(200).Text);
            Directory.GetFiles(folder.FullName).Length.ShouldBe(3, "nothing is left beside it");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task reports_what_was_imported_although_nobody_serves_it()
    {
        var database = await postgres.NewDatabaseAsync();
        var folder = Directory.CreateTempSubdirectory("tracker-exchange-");
        try
        {
            var (bundle, report) = (Path.Combine(folder.FullName, "bundle.json"), Path.Combine(folder.FullName, "report.json"));
            await File.WriteAllTextAsync(bundle, Bundles.Of("by-hand", 2).ToJsonString());
            var imported = await TheProgram.RunOnAsync(database, "import", bundle);
            imported.ExitCode.ShouldBe(0, imported.Errors);

            var reported = await TheProgram.RunOnAsync(database, "report", "by-hand", "--valid-at", "2023-01-31", "--output", report);
            (reported.ExitCode, reported.Output).ShouldBe((0, ""), reported.Errors);
            (await File.ReadAllTextAsync(report)).ShouldContain("\"agenda\":\"by-hand\"");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>The rows of the table that say something.</summary>
    private static string[] Counts(string output) =>
    [
        .. output.Split('\n').Skip(1).TakeWhile(x => x.Length > 0).Select(x => string.Join(' ', x.Split(' ', StringSplitOptions.RemoveEmptyEntries))).Where(x => !x.EndsWith(" 0 0", StringComparison.Ordinal)),
    ];
}
