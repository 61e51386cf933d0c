using Microsoft.Extensions.DependencyInjection;
using Tracker.Api.Tests.Harness;
using Tracker.Legacy;
using Tracker.Recording;
using Tracker.Sources;

namespace Tracker.Api.Tests.Recording;

/// <summary>A shape of before the first one, registered as those of <see cref="RetiredShape.All"/> are.</summary>
public sealed class reading_a_retired_shape(PostgresUnderTest postgres)
{
    public sealed record SourceNoted(string Headline, string By);

    private static readonly RetiredShape Noted = RetiredShape.Of<SourceNoted, SourceRecorded>("source_noted", new DateOnly(2020, 1, 1), "It told neither kind nor tier.",
        old => new SourceRecorded(SourceKind.Article, SourceTier.Press, old.By, old.Headline, null, null, null, null, null, null));

    [Fact]
    public async Task reads_judges_and_corrects_what_was_stored_in_it()
    {
        await using var tracker = await TrackerUnderTest.StartAsync(postgres, services => services.AddSingleton(Noted));
        var ledger = await tracker.OpenAgendaAsync();
        var noted = await NoteAsync(ledger);
        (await ledger.EventsAsync())[^1].Type.ShouldBe("source_noted");

        var read = (await ledger.GetAsync(noted, "sources/old")).Should(200);
        (read["title"], read["issuer"], read["kind"], read["tier"]).ShouldBe(("They met", "Alfa Daily", "article", "press"));

        await ledger.RecordAsync("activities", Given.Activity(source: "old"));
        var corrected = await ledger.RecordAsync("sources/old/corrections", new { tier = "analysis", reason = "It is a comment." });
        (corrected["title"], corrected["tier"], Owed.VersionOf(corrected)).ShouldBe(("They met", "analysis", 2L));
        (await ledger.GetAsync(corrected.Position, "sources/old"))["tier"].ShouldBe("analysis");
        (await ledger.GetAsync($"sources/old?knownAt={noted}")).Bytes.ShouldBe(read.Bytes);
        tracker.Node.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task writes_it_in_the_shape_of_now_where_a_text_is_taken_out_of_it()
    {
        await using var tracker = await TrackerUnderTest.StartAsync(postgres, services => services.AddSingleton(Noted));
        var ledger = await tracker.OpenAgendaAsync();
        var noted = await NoteAsync(ledger);

        var redacted = await ledger.RecordAsync("sources/old/redactions", new { member = "title", reason = "It names somebody." });

        var read = (await ledger.GetAsync(redacted.Position, $"sources/old?knownAt={noted}")).Should(200);
        (read["title"], read["issuer"], read["tier"]).ShouldBe(("[redacted: It names somebody.]", "Alfa Daily", "press"));
        var stored = (await ledger.EventsAsync())[^2];
        (stored.Type, stored.Body.Contains("They met", StringComparison.Ordinal)).ShouldBe(("source_recorded", false));
        await tracker.RebuildAsync();
        (await ledger.GetAsync(redacted.Position, $"sources/old?knownAt={noted}")).Bytes.ShouldBe(read.Bytes);
    }

    /// <summary>A source as it was recorded in the older shape, and at which position.</summary>
    private static async Task<long> NoteAsync(Ledger ledger)
    {
        var noted = await ledger.SourceAsync("old");
        await ledger.Tracker.AskAsync<long>($$"""
            with done as (update tracker.mt_events set type = 'source_noted', mt_dotnet_type = $2, data = '{"headline":"They met","by":"Alfa Daily"}'::jsonb where stream_id = $1 returning 1)
            select count(*) from done
            """, StreamKey.Of<Source>(ledger.Slug, "old").ToString(), $"{typeof(SourceNoted).FullName}, {typeof(SourceNoted).Assembly.GetName().Name}");
        await ledger.Tracker.RebuildAsync();
        return noted.Position;
    }
}
