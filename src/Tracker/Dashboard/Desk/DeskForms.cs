using System.Collections.Immutable;
using Tracker.Activities;
using Tracker.Agendas;
using Tracker.Boards;
using Tracker.Boards.Known;
using Tracker.Commitments;
using Tracker.Languages;
using Tracker.Proposals;
using Tracker.Prose;
using Tracker.Recording;
using Tracker.Sources;

namespace Tracker.Dashboard.Desk;

/// <summary>The forms of the desk, each with what can be chosen in it as the record now stands.</summary>
public sealed class DeskForms(RecordReader record, IPrincipalNames people, TimeProvider clock)
{
    private const int MostOffered = 1_000;

    private static readonly ReadAt Now = new();

    /// <summary>The form at an address, or why there is none. For who may not see the desk of that agenda there is nothing, and nothing is looked up.</summary>
    public async Task<(DeskForm? Form, Refusal? Refusal)> FindAsync(DeskAddress at, Caller caller, CancellationToken ct)
    {
        if (!DeskPages.MaySee(caller, at.Agenda)) return (null, NotHere);
        var (agenda, _, refusal) = await record.OneAsync(KnownTables.Agendas, "agenda", at.Agenda, at.Agenda, Now, ct);
        if (agenda is null) return (null, refusal);
        return at.Rest.Split('/') switch
        {
            ["coverage"] => (CoverageForms.State(at, agenda, DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime)), null),
            ["coverage", var id, "withdrawal"] => OfCoverage(id, CoverageForms.Withdraw),
            ["coverage", var id, "reinstatement"] => OfCoverage(id, CoverageForms.Reinstate),
            ["sources"] => (SourceForms.Record(at, agenda), null),
            ["sources", var s, "corrections"] => await OfAsync(KnownTables.Sources, "source", s, it => SourceForms.Correct(at, agenda, it)),
            ["sources", var s, "withdrawal"] => await OfAsync(KnownTables.Sources, "source", s, it => SourceForms.Withdraw(at, agenda, it)),
            ["sources", var s, "reinstatement"] => await OfAsync(KnownTables.Sources, "source", s, it => SourceForms.Reinstate(at, agenda, it)),
            ["activities"] => (ActivityForms.Record(at, agenda, await SourcesAsync(at.Agenda, ct)), null),
            ["activities", var x, "corrections"] => await WithSourcesAsync(KnownTables.Activities, "activity", x, (it, sources) => ActivityForms.Correct(at, agenda, it, sources)),
            ["activities", var x, "withdrawal"] => await OfAsync(KnownTables.Activities, "activity", x, it => ActivityForms.Withdraw(at, agenda, it)),
            ["activities", var x, "reinstatement"] => await OfAsync(KnownTables.Activities, "activity", x, it => ActivityForms.Reinstate(at, agenda, it)),
            ["commitments"] => (CommitmentForms.Record(at, agenda, await SourcesAsync(at.Agenda, ct)), null),
            ["commitments", var c, "corrections"] => await OfAsync(KnownTables.Commitments, "commitment", c, it => CommitmentForms.Correct(at, agenda, it)),
            ["commitments", var c, "withdrawal"] => await OfAsync(KnownTables.Commitments, "commitment", c, it => CommitmentForms.Withdraw(at, agenda, it)),
            ["commitments", var c, "reinstatement"] => await OfAsync(KnownTables.Commitments, "commitment", c, it => CommitmentForms.Reinstate(at, agenda, it)),
            ["commitments", var c, "clauses"] => await WithSourcesAsync(KnownTables.Commitments, "commitment", c, (it, sources) => CommitmentForms.AddClause(at, agenda, it, sources)),
            ["commitments", var c, "clauses", var id, "corrections"] => await WithSourcesAsync(KnownTables.Commitments, "commitment", c, (it, sources) =>
                it.Clauses.FirstOrDefault(x => x.Id == id) is { } clause ? CommitmentForms.CorrectClause(at, agenda, it, clause, sources) : null),
            ["commitments", var c, "searches"] => await OfAsync(KnownTables.Commitments, "commitment", c, it => CommitmentForms.Search(at, agenda, it)),
            ["commitments", var c, "searches", var id, "withdrawal"] => await OfAsync(KnownTables.Commitments, "commitment", c, it =>
                it.Searches.FirstOrDefault(x => x.Id == id) is { } search ? CommitmentForms.WithdrawSearch(at, agenda, it, search) : null),
            ["commitments", var c, "searches", var id, "reinstatement"] => await OfAsync(KnownTables.Commitments, "commitment", c, it =>
                it.Searches.FirstOrDefault(x => x.Id == id) is { } search ? CommitmentForms.ReinstateSearch(at, agenda, it, search) : null),
            ["commitments", var c, "evidence"] => await ProposeAsync(c),
            ["evidence", var e, "review"] => await JudgedAsync(e, (it, of) => EvidenceForms.Review(at, agenda, it, of)),
            ["evidence", var e, "recoding"] => await RecodeAsync(e),
            ["proposals", var p, "acceptance"] => await OfProposalAsync(p, ProposalForms.Accept),
            ["proposals", var p, "rejection"] => await OfProposalAsync(p, ProposalForms.Reject),
            ["evidence", var e, "retraction"] => await JudgedAsync(e, (it, of) => EvidenceForms.Retract(at, agenda, it, of)),
            _ => (null, NotHere),
        };

        (DeskForm?, Refusal?) OfCoverage(string id, Func<DeskAddress, Agenda, CoverageStatement, DeskForm> form) =>
            agenda.Coverage.FirstOrDefault(x => x.Id == id) is { } stated ? (form(at, agenda, stated), null) : (null, NotHere);

        async Task<(DeskForm?, Refusal?)> OfAsync<T>(KnownTable<T> table, string what, string name, Func<T, DeskForm?> form) where T : class, IFolded<T>
        {
            var (thing, _, no) = await record.OneAsync(table, what, at.Agenda, name, Now, ct);
            return thing is null ? (null, no) : form(thing) is { } found ? (found, null) : (null, NotHere);
        }

        async Task<(DeskForm?, Refusal?)> WithSourcesAsync<T>(KnownTable<T> table, string what, string name, Func<T, ImmutableArray<Source>, DeskForm?> form) where T : class, IFolded<T>
        {
            var sources = await SourcesAsync(at.Agenda, ct);
            return await OfAsync(table, what, name, it => form(it, sources));
        }

        async Task<(DeskForm?, Refusal?)> ProposeAsync(string name)
        {
            var activities = await ActivitiesAsync(at.Agenda, ct);
            return await WithSourcesAsync(KnownTables.Commitments, "commitment", name, (it, sources) => EvidenceForms.Propose(at, agenda, it, activities, sources));
        }

        async Task<(DeskForm?, Refusal?)> RecodeAsync(string name)
        {
            var sources = await SourcesAsync(at.Agenda, ct);
            return await JudgedAsync(name, (it, of) => EvidenceForms.Recode(at, agenda, it, of, sources));
        }

        async Task<(DeskForm?, Refusal?)> OfProposalAsync(string name, Func<DeskAddress, Agenda, Proposed, DeskForm> form)
        {
            var (it, moment, no) = await record.OneAsync(KnownTables.Proposals, "proposal", at.Agenda, name, Now, ct);
            return it is null ? (null, no) : (form(at, agenda, (await ProposedAsync(moment!, [it], ct))[0]), null);
        }

        // Evidence with what it is about, and what is cited of it.
        async Task<(DeskForm?, Refusal?)> JudgedAsync(string name, Func<Evidence.Evidence, Judged, DeskForm> form)
        {
            var (it, moment, no) = await record.OneAsync(KnownTables.Evidence, "evidence", at.Agenda, name, Now, ct);
            if (it is null) return (null, no);
            var (commitment, _, _) = await record.OneAsync(KnownTables.Commitments, "commitment", at.Agenda, it.Commitment, Now, ct);
            var (activity, _, _) = await record.OneAsync(KnownTables.Activities, "activity", at.Agenda, it.Activity, Now, ct);
            var named = it.Citations.Select(x => x.Source).Concat(activity!.Accounts.Select(x => x.Source)).Concat(commitment!.Clauses.Select(x => x.Source));
            var names = await people.NamesOfAsync([it.Coder], ct);
            return (form(it, new Judged(agenda, it, commitment, activity, await record.NamedAsync(KnownTables.Sources, moment!, named, ct)) { CoderName = names.GetValueOrDefault(it.Coder), Basis = await record.BasisPositionAsync(it, moment!, ct) }), null);
        }
    }

    /// <summary>Changes that were proposed, with what they are of and what they would change.</summary>
    public async Task<ImmutableArray<Proposed>> ProposedAsync(Moment moment, ImmutableArray<Proposal> proposals, CancellationToken ct)
    {
        var acts = await record.NamedAsync(KnownTables.Activities, moment, proposals.Select(x => x.Activity).OfType<string>(), ct);
        var promises = await record.NamedAsync(KnownTables.Commitments, moment, proposals.Select(x => x.Commitment).OfType<string>(), ct);
        var proposed = ImmutableArray.CreateBuilder<Proposed>(proposals.Length);
        foreach (var it in proposals)
            proposed.Add(new Proposed(it, it.Activity is { } activity ? acts[activity].Title : promises[it.Commitment!].Title, await record.WouldChangeAsync(moment.Agenda, it, ct)));
        return proposed.ToImmutable();
    }

    public async Task<ImmutableArray<Activity>> ActivitiesAsync(string agenda, CancellationToken ct) =>
        [.. (await record.NewestAsync(KnownTables.Activities, agenda, MostOffered, ct)).Where(x => x.Withdrawal is null).OrderByDescending(x => x.Occurred.Latest)];

    public async Task<ImmutableArray<Source>> SourcesAsync(string agenda, CancellationToken ct) =>
        [.. (await record.NewestAsync(KnownTables.Sources, agenda, MostOffered, ct)).Where(x => x.Withdrawal is null).OrderBy(x => x.Title, Titles.Order)];

    private static Refusal NotHere => new(404, "not-found", "There is nothing at this address.");
}

/// <summary>Evidence with what it is about, and the sources that these name.</summary>
public sealed record Judged(Agenda Agenda, Evidence.Evidence Evidence, Commitment Commitment, Activity Activity, ImmutableDictionary<string, Source> Sources)
{
    /// <summary>What its coder is called; null where nobody knows.</summary>
    public string? CoderName { get; init; }

    /// <summary>The recording that changed anything of what the evidence rests on last.</summary>
    public long Basis { get; init; }

    /// <summary>What is shown of what the evidence rests on, so that whoever judges it is told where that is said otherwise by then.</summary>
    public ImmutableArray<ShownField> Watched =>
    [
        new("on.commitment", Texts.ColumnCommitment, Standing(Commitment.Title, Commitment.Withdrawal)),
        new("on.clauses", Texts.Wordings, string.Join("; ", Commitment.Clauses.Select(x => $"{x.Party}: {x.Quote}"))),
        new("on.criteria", Texts.WhatWouldCount, Commitment.Criteria ?? ""),
        new("on.type", Texts.Type, TypeWords.Name(Commitment.Type)),
        new("on.madeOn", Texts.MadeOn, DayWords.Of(Commitment.MadeOn)),
        new("on.dueOn", Texts.DueOn, Commitment.DueOn is { } due ? DayWords.Of(due) : ""),
        new("on.bar", Texts.Bar, DepthWords.Of(Commitment.Bar ?? Agenda.Codebook.Bar)),
        new("on.activity", Texts.ActivityLabel, Standing(Activity.Title, Activity.Withdrawal)),
        new("on.kind", Texts.KindLabel, Texts.KindOf(Activity.Kind)),
        new("on.occurred", Texts.OccurredLabel, string.Join(", ", new[] { DayWords.Of(Activity.Occurred), Activity.Place }.OfType<string>())),
        new("on.summary", Texts.SummaryLabel, Activity.Summary ?? ""),
        new("on.participants", Texts.Participants, string.Join("; ", Activity.Participants.Select(x => string.Join(", ", new[] { x.Name, x.Party, x.Role }.OfType<string>())))),
        new("on.accounts", Texts.Accounts, string.Join("; ", Activity.Accounts.Select(x => string.Join(", ", new[] { TitleOf(x.Source), x.Occurred is { } day ? DayWords.Of(day) : null, x.Place, x.Quote, x.Note }.OfType<string>())))),
        new("on.sources", Texts.SourcesLabel, string.Join("; ", Sources.Values.OrderBy(x => x.Slug, StringComparer.Ordinal).Select(x => string.Join(", ", new[] { x.Title, x.Url, x.ArchiveUrl }.OfType<string>().Concat(NamedSource.Particulars(x)))))),
    ];

    private string TitleOf(string source) => Sources.GetValueOrDefault(source)?.Title ?? source;

    private static string Standing(string title, Withdrawal? withdrawal) => withdrawal is null ? title : $"{title} ({Texts.Withdrawn})";

    /// <summary>Whether it can be accepted no more: what it is about, or cites, was taken back.</summary>
    public bool RestsOnWithdrawn => Commitment.Withdrawal is not null || Activity.Withdrawal is not null
        || Evidence.Citations.Any(x => Sources.GetValueOrDefault(x.Source)?.Withdrawal is not null);
}

/// <summary>A change that was proposed, with what it is of and what it would change.</summary>
/// <param name="Title">What the thing is called.</param>
public sealed record Proposed(Proposal Proposal, string Title, ImmutableArray<Changed> WouldChange)
{
    /// <summary>The page of the thing, within the agenda.</summary>
    public string Thing => Proposal.Activity is { } activity ? $"activities/{activity}" : $"commitments/{Proposal.Commitment}";

    /// <summary>What it would do, in words.</summary>
    public string Words => Texts.ProposedChangeOf(Proposal.Change, Proposal.Activity is not null);
}
