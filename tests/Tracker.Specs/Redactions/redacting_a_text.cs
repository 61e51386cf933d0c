using System.Collections.Immutable;
using Tracker.Activities;
using Tracker.Recording;
using Tracker.Redactions;

namespace Tracker.Specs.Redactions;

public sealed class redacting_a_text
{
    private const string Reason = "They asked for it.", Mark = "[redacted: They asked for it.]";

    private static readonly ActivityRecorded Recorded = new(ActivityKind.Meeting, "Talks", FuzzyDate.Parse("2022-12-11"), "Talks", null,
        [new Participant("AA", "Alfa", "host"), new Participant("BB", "Bravo", "host")], ["readout"], [new Account("readout", "Talks", null, null, null)], ["Talks"]);

    private static readonly ActivityCorrected Corrected = new(Recorded.Kind, "Talks in Bali", Recorded.Occurred, Recorded.Summary, Recorded.Place,
        [Recorded.Participants[1], Recorded.Participants[0] with { Name = "Alpha" }], Recorded.Sources, Recorded.Accounts, Recorded.Tags, "It was misspelt.");

    private static readonly ImmutableArray<PastEvent> History = [new(1, 3, Recorded), new(2, 5, Corrected)];

    [Fact]
    public void rewrites_every_event_that_said_it_and_nothing_else_that_says_the_same()
    {
        var happened = Redacted("title");

        happened.Events.ShouldBe([new TextRedacted("title", Reason)]);
        happened.Rewritten!.Texts.ShouldBe(["Talks", "Talks in Bali"], ignoreOrder: true);
        happened.Rewritten.Events.Select(x => x.Data).ToArray().ShouldBeEquivalentTo(new object[] { Recorded with { Title = Mark }, Corrected with { Title = Mark } });
    }

    [Fact]
    public void follows_an_item_of_a_list_by_its_name() => Redacted("participants[0].role").Rewritten!.Events.Select(x => x.Data).ToArray().ShouldBeEquivalentTo(new object[]
    {
        Recorded with { Participants = [Recorded.Participants[0], Recorded.Participants[1] with { Role = Mark }] },
        Corrected with { Participants = [Corrected.Participants[0] with { Role = Mark }, Corrected.Participants[1]] },
    });

    [Fact]
    public void takes_the_reason_of_one_recording() =>
        Redacted("history[5].reason").Rewritten!.Events.Select(x => x.Data).ShouldHaveSingleItem().ShouldBeEquivalentTo(Corrected with { Reason = Mark });

    [Theory]
    [InlineData("slug")]
    [InlineData("place")]
    [InlineData("participants[0].party")]
    [InlineData("participants[2].name")]
    [InlineData("history[3].reason")]
    [InlineData("")]
    public void is_refused_where_there_is_no_such_text_with_those_there_are(string member)
    {
        var refusal = Decide(member, History).ShouldBeOfType<Refusal>();

        (refusal.Status, refusal.Code).ShouldBe((422, "unknown-member"));
        refusal.Detail.ShouldBe($"'member' is '{member}'; what can be redacted is accounts[0].quote, history[3].participants[0].name, history[3].participants[0].role, history[5].reason, "
            + "participants[0].name, participants[0].role, participants[1].name, participants[1].role, summary, tags[0], title.");
    }

    [Fact]
    public void is_told_that_it_was_redacted_already_unless_something_else_was_said_since()
    {
        ImmutableArray<PastEvent> redacted = [new(1, 3, Recorded with { Title = Mark }), new(2, 6, new TextRedacted("title", Reason))];

        Decide("title", redacted).ShouldBeOfType<Refusal>().Code.ShouldBe("already-redacted");
        ((Happened)Decide("title", redacted.Add(new(3, 7, Corrected)))).Rewritten!.Events.Select(x => x.Version).ShouldBe([3]);
    }

    private static Happened Redacted(string member) => Decide(member, History).ShouldBeOfType<Happened>();

    private static Decided Decide(string member, ImmutableArray<PastEvent> history) => RedactTextEndpoints.Decide(new RedactText(member, Reason), "activities", history);
}
