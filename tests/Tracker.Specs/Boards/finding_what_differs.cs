using CsCheck;
using Tracker.Activities;
using Tracker.Agendas;
using Tracker.Boards.Changes;
using Tracker.Commitments;
using Tracker.Languages;
using Tracker.Specs.Rule;
using Tracker.Status;

namespace Tracker.Specs.Boards;

/// <summary>What is told of one commitment, held day by day against the rule on random histories.</summary>
public sealed class finding_what_differs
{
    private const int Histories = 5_000;

    /// <summary>Beyond it nothing in these histories happens, falls due or goes stale.</summary>
    private const int Horizon = 40;

    [Fact]
    public void notes_the_next_day_on_which_the_calendar_alone_changes_something() =>
        Gen.Select(Any.History, Any.Day).Sample((given, day) =>
        {
            var following = Of(given);
            var told = following.On(day);
            var next = Enumerable.Range(1, Horizon).Select(x => (DateOnly?)day.AddDays(x)).FirstOrDefault(x => !following.On(x!.Value).SameAs(told));

            following.NextAfter(day).ShouldBe(next);
        }, iter: Histories);

    [Fact]
    public void tells_all_that_differs_and_nothing_that_does_not() =>
        Gen.Select(Any.History, Any.History, Any.Day).Sample((before, given, day) =>
        {
            var (told, following) = (Of(before).On(day), Of(given));
            var now = following.On(day);
            var found = following.Differences(told, day).ToArray();

            var whole = found.SingleOrDefault(x => x is { Kind: ChangeKind.StatusChanged, Party: null });
            (whole is not null).ShouldBe(told.Status != now.Status);
            if (whole is not null) (whole.From, whole.To).ShouldBe((told.Status, now.Status));
            found.Count(x => x.Kind is ChangeKind.BecameOverdue).ShouldBe(now.Overdue && !told.Overdue ? 1 : 0);
            found.Count(x => x.Kind is ChangeKind.BecameStale).ShouldBe(now.Stale && !told.Stale ? 1 : 0);
            found.Count(x => x.Kind is ChangeKind.NoLongerOverdue).ShouldBe(now.Status is not null && told.Overdue && !now.Overdue ? 1 : 0);
            found.Count(x => x.Kind is ChangeKind.NoLongerStale).ShouldBe(now.Status is not null && told.Stale && !now.Stale ? 1 : 0);
            // Each party's part that is another, and that there was none before goes without saying of one that is not yet rated. Off the board, there are no parts.
            var parties = now.Status is null ? [] : told.ByParty.Keys.Union(now.ByParty.Keys).Select(x => (Party: x, From: At(told, x), To: At(now, x)))
                .Where(x => x.From != x.To && (x.From, x.To) is not (null, CommitmentStatus.NotYetRated));
            found.Where(x => x.Party is not null).ShouldAllBe(x => x.Kind == ChangeKind.StatusChanged);
            found.Where(x => x.Party is not null).Select(x => (x.Party!, x.From, x.To)).ShouldBe(parties, ignoreOrder: true);
            found.Length.ShouldBe(found.Count(x => x.Party is not null || x.Kind is ChangeKind.BecameOverdue or ChangeKind.BecameStale or ChangeKind.NoLongerOverdue or ChangeKind.NoLongerStale) + (whole is null ? 0 : 1), "nothing else is told");
        }, iter: Histories);

    [Fact]
    public void says_from_which_day_it_has_been_so() =>
        Gen.Select(Any.History, Any.Day).Sample((given, day) =>
        {
            var following = Of(given);
            foreach (var change in following.Differences(Told.Nothing, day).Where(x => x is { Kind: ChangeKind.StatusChanged, Party: null }))
            {
                change.EffectiveOn.ShouldBeLessThanOrEqualTo(day);
                for (var at = change.EffectiveOn; at <= day; at = at.AddDays(1)) following.On(at).Status.ShouldBe(change.To);
                if (following.On(change.EffectiveOn.AddDays(-1)).Status == change.To)
                    change.EffectiveOn.ShouldBe(given.Since > given.Promise.MadeOn ? given.Since < day ? given.Since : day : given.Promise.MadeOn, "before it there is no window");
            }
        }, iter: Histories);

    [Theory]
    [InlineData("2023-05-23", "2023-05-23")]
    [InlineData("2023-04-20", "2023-05-25")]
    public void says_of_a_flag_that_fell_from_which_day_it_does_not_stand(string advanced, string from)
    {
        // Stale from 13 to 19 February, and told to be stale again from 22 May; then evidence comes that it was advanced after that day, or had been before.
        var first = Given.Continuing.Advances(Depth.Contact, "2023-02-20", id: "first");
        var told = Of(first).On(new DateOnly(2023, 5, 25));
        told.Stale.ShouldBeTrue();

        var found = Of(first.Advances(Depth.Contact, advanced, id: "second")).Differences(told, new DateOnly(2023, 5, 25)).Single(x => x.Kind is ChangeKind.NoLongerStale);

        found.EffectiveOn.ShouldBe(DateOnly.ParseExact(from, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public void gives_what_decided_as_its_evidence()
    {
        var following = Of(Given.Deliverable.Advances(Depth.Contact, "2022-12-01", id: "talks").Advances(Depth.Mechanism, "2022-12-02", by: "AA", id: "group")
            .Undercuts(Depth.Measure, "2022-12-03", by: "BB", id: "ban"));

        var found = following.Differences(Told.Nothing, new DateOnly(2022, 12, 31)).ToDictionary(x => x.Party ?? "", x => x.Evidence);

        found[""].ShouldBe(["ban", "group"]);
        found["AA"].ShouldBe(["group"]);
        found["BB"].ShouldBe(["ban"]);
    }

    [Theory]
    [InlineData(CommitmentStatus.NoneFound, CommitmentStatus.ConcreteAction, CommitmentType.Deliverable, "Joint working group: none found → concrete action, effective 20 January 2023, recorded late on 10 February 2023.")]
    [InlineData(CommitmentStatus.NoneFound, CommitmentStatus.Undercut, CommitmentType.Restraint, "Joint working group: no breach found → breached, effective 20 January 2023, recorded late on 10 February 2023.")]
    [InlineData(null, CommitmentStatus.WordsOnly, CommitmentType.Deliverable, "Joint working group: now on the board, words only, effective 20 January 2023, recorded late on 10 February 2023.")]
    [InlineData(CommitmentStatus.WordsOnly, null, CommitmentType.Deliverable, "Joint working group: off the board, effective 20 January 2023, recorded late on 10 February 2023.")]
    public void is_a_sentence(CommitmentStatus? from, CommitmentStatus? to, CommitmentType type, string sentence) =>
        ChangeText.Of(new Found(ChangeKind.StatusChanged, "group", new DateOnly(2023, 1, 20)) { From = from, To = to },
            new Named("Joint working group", type, null, null), new DateOnly(2023, 2, 10)).ShouldBe(sentence);

    [Theory]
    [InlineData(MovedBy.Correction, "Joint working group: delivered → concrete action, by a correction recorded on 10 February 2023; as the record now stands, so from 20 January 2023.")]
    [InlineData(MovedBy.Codebook, "Joint working group: delivered → concrete action, after the codebook was corrected; by it, so from 20 January 2023.")]
    public void says_of_what_a_correction_moved_no_day_on_which_it_did(MovedBy by, string sentence) =>
        ChangeText.Of(new Found(ChangeKind.StatusChanged, "group", new DateOnly(2023, 1, 20)) { From = CommitmentStatus.Delivered, To = CommitmentStatus.ConcreteAction },
            new Named("Joint working group", CommitmentType.Deliverable, null, null, By: by), new DateOnly(2023, 2, 10)).ShouldBe(sentence);

    [Theory]
    [InlineData("P1", "It, overall: delivered → reversed, by 1 of 3 parties, effective 20 January 2023; 1 of 3 parties with concrete action.")]
    [InlineData("P2", "It, overall: delivered → reversed, by another’s act, not taken back by a party that delivered, effective 20 January 2023; 1 of 3 parties with concrete action.")]
    public void says_of_what_was_reversed_whether_a_party_took_back_what_it_had_delivered(string by, string sentence)
    {
        var delivered = Given.Deliverable.Between("P1", "P2", "P3").Advances(Depth.Delivered, "2023-01-10", by: "P1");
        var reversed = delivered.Undercuts(Depth.Measure, "2023-01-20", by: by);

        var found = Of(reversed).Differences(Of(delivered).On(new DateOnly(2023, 1, 15)), new DateOnly(2023, 1, 20)).Single(x => x is { Kind: ChangeKind.StatusChanged, Party: null });

        ChangeText.Of(found, new Named("It", CommitmentType.Deliverable, null, null, Parties: 3), new DateOnly(2023, 1, 20)).ShouldBe(sentence);
    }

    [Theory]
    [InlineData(Depth.Words, "P1", "It: not yet rated → words only, by 1 of 2 parties, effective 10 January 2023.")]
    [InlineData(Depth.Words, "P1,P2", "It: not yet rated → words only, effective 10 January 2023.")]
    [InlineData(Depth.Delivered, "P2", "It: not yet rated → delivered, by 1 of 2 parties, effective 10 January 2023.")]
    [InlineData(Depth.Measure, "P2", "It: not yet rated → concrete action, effective 10 January 2023; 1 of 2 parties with concrete action.")]
    [InlineData(Depth.Measure, "P1,P2", "It: not yet rated → concrete action, effective 10 January 2023.")]
    public void says_of_one_of_two_parties_that_it_is_one(Depth depth, string by, string sentence)
    {
        var given = Given.Deliverable.Between("P1", "P2");

        var found = Of(given.Advances(depth, "2023-01-10", by: by)).Differences(Of(given).On(new DateOnly(2023, 1, 9)), new DateOnly(2023, 1, 10)).Single(x => x is { Kind: ChangeKind.StatusChanged, Party: null });

        ChangeText.Of(found, new Named("It", CommitmentType.Deliverable, null, null, Parties: 2), new DateOnly(2023, 1, 10)).ShouldBe(sentence);
    }

    [Fact]
    public void says_of_what_became_overdue_when_it_was_due_whatever_day_the_record_then_reached()
    {
        var visit = new Named("A visit", CommitmentType.Deliverable, null, null, Parties: 2, DueOn: FuzzyDate.Parse("2023-03-31"));
        var (reached, recorded) = (new DateOnly(2023, 5, 5), new DateOnly(2023, 5, 5));

        ChangeText.Of(new Found(ChangeKind.BecameOverdue, "visit", reached), visit, recorded).ShouldBe("A visit: overdue from 5 May 2023 (due 31 March 2023).");
        ChangeText.Of(new Found(ChangeKind.NoLongerOverdue, "visit", reached), visit, new(2026, 11, 30)).ShouldBe("A visit: no longer overdue, by what was recorded on 30 November 2026.");
        ChangeText.Of(new Found(ChangeKind.BecameOverdue, "visit", reached) { Subject = Found.Reach(reached) }, visit, recorded).ShouldBe("A visit: overdue as the record reached 5 May 2023 (due 31 March 2023).");
        Tracker.Languages.Report1Words.English.ChangeOverdueReached("A visit", "2023-05-05", "31 March 2023", "").ShouldBe("A visit: overdue from 2023-05-05.");
        Tracker.Languages.Report1Words.English.ChangeOverdue("A visit", "2023-05-05", "31 March 2023", "").ShouldBe("A visit: overdue from 2023-05-05.");
    }

    [Fact]
    public void names_the_day_searched_through_of_what_a_search_had_found_nothing_of()
    {
        var searched = Given.Restraint.SearchedThrough("2023-01-10");
        var breached = searched.Undercuts(Depth.Measure, "2023-01-20", id: "ban");

        var found = Of(breached).Differences(Of(searched).On(new DateOnly(2023, 1, 15)), new DateOnly(2023, 1, 31), Of(searched).SearchedThrough(new DateOnly(2023, 1, 31))).Single(x => x is { Kind: ChangeKind.StatusChanged, Party: null });

        ChangeText.Of(found, new Named("No new tests", CommitmentType.Restraint, null, null), new DateOnly(2023, 1, 31))
            .ShouldBe("No new tests: no breach found (searched through 10 January 2023) → breached, effective 20 January 2023, recorded late on 31 January 2023.");
    }

    [Fact]
    public void names_no_search_that_came_with_the_change_and_none_outside_of_the_window_as_what_was_told()
    {
        var (day, searched) = (new DateOnly(2023, 1, 31), Given.Deliverable.SearchedThrough("2022-11-10").SearchedThrough("2023-01-10"));
        var moved = searched.SearchedThrough("2023-01-30").Advances(Depth.Contact, "2023-01-20", id: "talks");

        Of(moved).Differences(Of(searched).On(day), day, Of(searched).SearchedThrough(day)).ShouldAllBe(x => x.SearchedThrough == new DateOnly(2023, 1, 10));
        Of(Given.Deliverable.SearchedThrough("2022-11-10")).SearchedThrough(day).ShouldBeNull("it went through a day before the baseline");
        Of(searched).SearchedThrough(new DateOnly(2023, 1, 9)).ShouldBeNull("it had not been made by that day");
    }

    [Fact]
    public void carries_the_day_the_record_reached_with_a_flag_only_where_the_rule_asks_for_it()
    {
        var (stale, day) = (Given.Continuing.RecordedThrough("2023-04-30"), new DateOnly(2023, 5, 10));

        Flag(stale).CoveredThrough.ShouldBe(new DateOnly(2023, 4, 30));
        Flag(stale.UnderCodebook(x => x with { Version = Tracker.Agendas.Codebook.DepthLadder1 })).CoveredThrough.ShouldBeNull();

        Found Flag(Given given) => Of(given).Differences(Told.Nothing, day).Single(x => x.Kind is ChangeKind.BecameStale);
    }

    [Theory]
    [InlineData("activities", "group", "Joint working group: the activity “Talks” was corrected: The other account dates it the 12th.")]
    [InlineData("evidence", "group", "Joint working group: the evidence on “Talks” was corrected: The other account dates it the 12th.")]
    [InlineData("sources", null, "The source “Talks” was corrected: The other account dates it the 12th.")]
    public void says_what_was_corrected_and_why(string kind, string? commitment, string sentence) =>
        ChangeText.Of(new Found(ChangeKind.Corrected, commitment, new DateOnly(2023, 2, 10)) { Subject = (kind, "it"), Reason = "The other account dates it the 12th" },
            new Named(commitment is null ? null : "Joint working group", null, null, "Talks"), new DateOnly(2023, 2, 10)).ShouldBe(sentence);

    [Theory]
    [InlineData("12.3", 12L, 3)]
    [InlineData("12", 12L, int.MaxValue)]
    [InlineData("0", 0L, int.MaxValue)]
    public void is_found_again_by_its_id(string text, long position, int number) => ChangeId.Parse(text).ShouldBe(new ChangeId(position, number));

    [Theory]
    [InlineData("")]
    [InlineData("12.")]
    [InlineData(".3")]
    [InlineData("-1.3")]
    [InlineData("1.2.3")]
    [InlineData("99999999999999999999.1")]
    public void is_not_found_by_what_is_no_id(string text) => ChangeId.Parse(text).ShouldBeNull();

    private static CommitmentStatus? At(Told told, string party) => told.ByParty.TryGetValue(party, out var status) ? status : null;

    private static Following Of(Given given) => new(given.Promise, given.Findings, [.. given.Searches], given.Since, given.Codebook, given.Coverage);
}
