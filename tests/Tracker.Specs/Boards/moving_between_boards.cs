using CsCheck;
using Tracker.Agendas;
using Tracker.Boards;
using Tracker.Evidence;
using Tracker.Specs.Reports;
using Tracker.Specs.Rule;

namespace Tracker.Specs.Boards;

/// <summary>What moved between two boards is what differs between them, whatever was recorded in between, or nothing was.</summary>
public sealed class moving_between_boards
{
    private static readonly Given Visit = Issue.Named("visit", 2, Given.Deliverable.Due("2023-02").Advances(Depth.Contact, "2022-12-12", by: "P1,P2"));
    private static readonly Given Talks = Issue.Named("talks", 2, Given.Continuing.Advances(Depth.Contact, "2022-11-22", by: "P1"));

    [Fact]
    public void finds_flags_that_were_raised_by_the_day_alone_without_a_recording()
    {
        // An agenda judged by depth-ladder/1, whose flags go by the day asked about.
        var issue = Issue.Between(2, Visit, Talks) with { Codebook = Codebook.Default with { Version = Codebook.DepthLadder1 } };
        var (before, now) = (issue.BoardAt("2023-01-31"), issue.BoardAt("2026-11-28"));

        before.Position.ShouldBe(now.Position);
        Told(before, now).ShouldBe(["talks FlagRaised Stale", "visit FlagRaised Overdue"]);
        Told(now, before).ShouldBe(["talks FlagCleared Stale", "visit FlagCleared Overdue"]);
    }

    [Fact]
    public void finds_none_beyond_the_end_of_a_record()
    {
        var issue = Issue.Between(2, Visit, Talks);

        Told(issue.BoardAt("2023-01-31"), issue.BoardAt("2026-11-28")).ShouldBeEmpty("nobody looked");
        var followed = issue with { Stated = [new CoverageStatement("c1", Given.Day("2023-03-31"), [], null)] };
        Told(issue.BoardAt("2023-01-31"), followed.BoardAt("2023-03-31")).ShouldBe(["talks FlagRaised Stale", "visit FlagRaised Overdue"]);
    }

    [Fact]
    public void finds_statuses_that_moved_for_the_whole_and_for_each_party()
    {
        var moved = Visit.Advances(Depth.Measure, "2023-01-10", by: "P2");

        Told(Issue.Between(2, Visit).BoardAt("2023-01-31"), Issue.Between(2, moved).BoardAt("2023-01-31"))
            .ShouldBe(["visit StatusChanged DialogueOnly→ConcreteAction", "visit P2 StatusChanged DialogueOnly→ConcreteAction"]);
    }

    [Fact]
    public void finds_commitments_and_parties_that_came_and_left_and_tells_no_more_of_them()
    {
        var (two, three) = (Issue.Between(2, Visit), Issue.Between(3, Issue.Named("visit", 3, Visit), Talks));

        Told(two.BoardAt("2023-01-31"), three.BoardAt("2023-01-31")).ShouldBe(["talks Appeared →DialogueOnly", "visit P3 Appeared →NotYetRated"]);
        Told(three.BoardAt("2023-01-31"), two.BoardAt("2023-01-31")).ShouldBe(["talks Left DialogueOnly→", "visit P3 Left NotYetRated→"]);
    }

    [Fact]
    public void finds_another_number_of_pieces_that_wait_for_review()
    {
        var waiting = Visit.Advances(Depth.Delivered, "2023-01-20", by: "P1").But(x => x with { State = EvidenceState.Proposed });

        var move = Moves.Between(Issue.Between(2, Visit).BoardAt("2023-01-31"), Issue.Between(2, waiting).BoardAt("2023-01-31")).ShouldHaveSingleItem();

        (move.Kind, move.PendingBefore, move.PendingNow).ShouldBe((MoveKind.PendingReviewChanged, 0, 1));
    }

    [Fact]
    public void finds_nothing_between_a_board_and_itself_and_the_same_backwards_between_any_two() =>
        Gen.Select(Any.History, Any.History, Any.Day, Any.Day).Sample((one, other, then, day) =>
        {
            var (before, now) = (Of(one, then), Of(other, day));

            Moves.Between(before, before).ShouldBeEmpty();
            var (forth, back) = (Moves.Between(before, now), Moves.Between(now, before));
            back.Length.ShouldBe(forth.Length);
            foreach (var (x, y) in forth.Zip(back)) (y.Commitment, y.Party, y.Flag, y.From, y.To).ShouldBe((x.Commitment, x.Party, x.Flag, x.To, x.From));
            forth.IsEmpty.ShouldBe(Standing(before).SequenceEqual(Standing(now)), "it says that nothing moved exactly when nothing did");
        }, iter: 2_000);

    private static Board Of(Given given, DateOnly day) => (Issue.Between(2, given) with { RecordedThrough = "2022-12-20" }).BoardAt(day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));

    /// <summary>All that a reader of a board sees stand at each commitment.</summary>
    private static IEnumerable<string> Standing(Board board) =>
        board.Commitments.Select(x => $"{x.Slug} {x.Status} {x.Flags} {string.Join(' ', x.ByParty.Select(y => $"{y.Key} {y.Value.Status}"))}");

    private static string[] Told(Board before, Board now) => [.. Moves.Between(before, now).Select(x =>
        $"{x.Commitment} {(x.Party is null ? "" : x.Party + " ")}{x.Kind} {x.Flag?.ToString() ?? $"{x.From}→{x.To}"}")];
}
