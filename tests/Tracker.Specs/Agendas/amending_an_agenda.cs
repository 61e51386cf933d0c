using Tracker.Agendas;
using Tracker.Recording;

namespace Tracker.Specs.Agendas;

/// <summary>What an agenda and its milestones say, corrected and taken back: decided and folded, without a host.</summary>
public sealed class amending_an_agenda
{
    private static readonly Agenda Opened = Fold(null, new AgendaOpened("Talks", null, [new("AA", "Alfa"), new("BB", "Bravo")], new("Bali", Day("2022-11-14"), null), Codebook.Default));

    [Fact]
    public void moves_the_baseline_and_leaves_what_is_not_said()
    {
        var corrected = After(Correct(new("It was the day after.", Baseline: Given(new CorrectAgenda.BaselineGiven(Date: Given("2022-11-15"))))));

        corrected.ShouldBe(Opened with { Baseline = Opened.Baseline with { Date = Day("2022-11-15") }, Parties = corrected.Parties, Milestones = corrected.Milestones, Version = 2 });
        corrected.Parties.ShouldBe(Opened.Parties);
    }

    [Fact]
    public void renames_a_party_and_dates_it_and_adds_another()
    {
        var corrected = After(Correct(new("They renamed themselves.", Parties: Given<CorrectAgenda.PartyGiven[]>(
            [new("BB", "New Bravo", LeftOn: new("2023-06-30", true)), new("CC", "Charlie", JoinedOn: new("2023-01-01", true))]))));

        corrected.Parties.ShouldBe([new("AA", "Alfa"), new("BB", "New Bravo", null, Day("2023-06-30")), new("CC", "Charlie", Day("2023-01-01"))]);

        // What is not said of a party stays; what is said to be nothing goes.
        Amended(corrected, new("So.", Parties: Given<CorrectAgenda.PartyGiven[]>([new("BB", "Bravo")]))).Parties[1].ShouldBe(new("BB", "Bravo", null, Day("2023-06-30")));
        Amended(corrected, new("So.", Parties: Given<CorrectAgenda.PartyGiven[]>([new("BB", "Bravo", LeftOn: new(null, true))]))).Parties[1].ShouldBe(new("BB", "Bravo"));
    }

    [Fact]
    public void has_no_party_leave_before_it_joined()
    {
        Correct(new("So.", Parties: Given<CorrectAgenda.PartyGiven[]>([new("AA", "Alfa", new("2023-01-02", true), new("2023-01-02", true))])))
            .ShouldBeOfType<Refusal>().Errors.Keys.ShouldBe(["parties[0].leftOn"]);
        OpenAgendaEndpoint.Decide(new("talks", "Talks", [new("AA", "Alfa", "2023-01-02", "2022-01-01")], new("Bali", "2022-11-14")))
            .ShouldBeOfType<Refusal>().Errors.Keys.ShouldBe(["parties[0].leftOn"]);
    }

    [Fact]
    public void makes_it_internal_and_public_again()
    {
        var hidden = After(Correct(new("It is a draft.", Visibility: Given("internal"))));

        (Opened.Visibility, hidden.Visibility).ShouldBe((Visibility.Public, Visibility.Internal));
        Amended(hidden, new("A title.", Title: Given("Other talks"))).Visibility.ShouldBe(Visibility.Internal);
        Amended(hidden, new("It is done.", Visibility: Given("public"))).Visibility.ShouldBe(Visibility.Public);
        Correct(new("So.", Visibility: Given("secret"))).ShouldBeOfType<Refusal>().Code.ShouldBe("bad-visibility");
    }

    [Fact]
    public void puts_no_milestone_before_the_baseline()
    {
        var agenda = Fold(Opened, new MilestoneAdded("woodside", "Woodside", Day("2023-11-15")));
        CorrectAgenda later = new("So.", Baseline: Given(new CorrectAgenda.BaselineGiven(Date: Given("2023-11-16"))));

        CorrectAgendaEndpoint.Decide(later, agenda).ShouldBeOfType<Refusal>().Errors.Keys.ShouldBe(["baseline.date"]);
        CorrectMilestoneEndpoint.Decide(new("So.", Date: Given("2022-11-13")), agenda, "woodside").ShouldBeOfType<Refusal>().Errors.Keys.ShouldBe(["date"]);
        // One that was withdrawn is in nobody's way, and does not come back to where it would be.
        var withdrawn = Fold(agenda, new MilestoneWithdrawn("woodside", "There was none."));
        var moved = Amended(withdrawn, later);
        ReinstateMilestoneEndpoint.Decide(new("There was."), moved, "woodside").ShouldBeOfType<Refusal>().Code.ShouldBe("bad-date");
    }

    [Fact]
    public void corrects_a_milestone_withdraws_it_and_reinstates_it_and_nothing_of_it_twice()
    {
        var agenda = Fold(Opened, new MilestoneAdded("woodside", "Woodside", Day("2023-11-15")));

        agenda = Fold(agenda, Only(CorrectMilestoneEndpoint.Decide(new("A slip.", Name: Given("Filoli")), agenda, "woodside")));
        agenda.Milestones.ShouldBe([new("woodside", "Filoli", Day("2023-11-15"))]);
        CorrectMilestoneEndpoint.Decide(new("A slip.", Name: Given("Filoli")), agenda, "woodside").ShouldBe(Decided.Nothing);
        ReinstateMilestoneEndpoint.Decide(new("So."), agenda, "woodside").ShouldBeOfType<Refusal>().Code.ShouldBe("not-withdrawn");

        agenda = Fold(agenda, Only(WithdrawMilestoneEndpoint.Decide(new("There was none."), agenda, "woodside")));
        agenda.StandingMilestones.ShouldBeEmpty();
        agenda.Milestones[0].Withdrawal!.Reason.ShouldBe("There was none.");
        WithdrawMilestoneEndpoint.Decide(new("So."), agenda, "woodside").ShouldBeOfType<Refusal>().Code.ShouldBe("withdrawn");
        CorrectMilestoneEndpoint.Decide(new("A slip.", Name: Given("Woodside")), agenda, "woodside").ShouldBeOfType<Refusal>().Code.ShouldBe("withdrawn");

        agenda = Fold(agenda, Only(ReinstateMilestoneEndpoint.Decide(new("There was."), agenda, "woodside")));
        agenda.StandingMilestones.ShouldBe([new("woodside", "Filoli", Day("2023-11-15"))]);
        foreach (var decided in (Decided[])[WithdrawMilestoneEndpoint.Decide(new("So."), agenda, "other"), ReinstateMilestoneEndpoint.Decide(new("So."), agenda, "other")])
            decided.ShouldBeOfType<Refusal>().Status.ShouldBe(404);
    }

    private static Decided Correct(CorrectAgenda command) => CorrectAgendaEndpoint.Decide(command, Opened);

    private static Agenda After(Decided decided) => Fold(Opened, Only(decided));

    private static Agenda Amended(Agenda agenda, CorrectAgenda command) => Fold(agenda, Only(CorrectAgendaEndpoint.Decide(command, agenda)));

    private static object Only(Decided decided) => decided.ShouldBeOfType<Happened>().Events.ShouldHaveSingleItem();

    private static Agenda Fold(Agenda? agenda, object happened) => Agenda.Fold(agenda, happened, new Stamp("talks", (agenda?.Version ?? 0) + 1, 1, default, "olu"));

    private static Amended<T> Given<T>(T value) where T : class => new(value, true);

    private static DateOnly Day(string text) => Days.TryParse(text, out var day) ? day : throw new FormatException(text);
}
