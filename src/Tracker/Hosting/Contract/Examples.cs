using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using Tracker.Access;
using Tracker.Activities;
using Tracker.Agendas;
using Tracker.Boards;
using Tracker.Boards.Changes;
using Tracker.Boards.Divergences;
using Tracker.Boards.History;
using Tracker.Boards.Matrices;
using Tracker.Boards.Timelines;
using Tracker.Commitments;
using Tracker.Delivery;
using Tracker.Delivery.Webhooks;
using Tracker.Evidence;
using Tracker.Exchange;
using Tracker.Proposals;
using Tracker.Recording;
using Tracker.Redactions;
using Tracker.Reports;
using Tracker.Reports.Schedules;
using Tracker.Sources;
using Tracker.Status;
using Moment = Tracker.Boards.Known.Moment;

namespace Tracker.Hosting.Contract;

/// <summary>
/// Examples from the Bali record, as it lies in the program: commands as they were really given, and what the folds and the rule
/// really make of them at the end of January 2023.
/// </summary>
internal sealed class Examples
{
    private const string Person = "p-Zk3n0w8dPq1sVbX2";
    private const string ProposalId = "01860c8f-6a80-7b1e-9c1d-0d8f4a1f2b3c";
    private static readonly DateTimeOffset At = new(2023, 2, 1, 9, 0, 0, TimeSpan.Zero);
    private static readonly DateOnly Today = new(2023, 1, 31);

    private readonly Dictionary<Type, JsonNode> _bodies = [];
    private readonly Dictionary<string, string> _names = [];

    private Examples() { }

    /// <summary>Reads the record that the program carries.</summary>
    public static Examples OfTheRecord()
    {
        using var stream = typeof(Examples).Assembly.GetManifestResourceStream("us-china-bali.json")!;
        using var memory = new MemoryStream();
        stream.CopyTo(memory);
        var (bundle, refusal) = WireJson.Read<Bundle>(memory.ToArray());
        var examples = new Examples();
        examples.Take(bundle ?? throw new InvalidOperationException(refusal!.Detail));
        return examples;
    }

    /// <summary>What a thing of the record is called.</summary>
    public JsonNode? NameOf(string parameter) => _names.TryGetValue(parameter, out var name) ? JsonValue.Create(name) : null;

    public IDictionary<string, IOpenApiExample>? Of(Type type) => _bodies.TryGetValue(type, out var body)
        ? new Dictionary<string, IOpenApiExample> { ["bali"] = new OpenApiExample { Summary = "From the Bali record", Value = body.DeepClone() } }
        : null;

    private void Take(Bundle bundle)
    {
        var problems = new Problems();
        var (piece, search) = (bundle.Evidence.First(x => x.Citations?.Length > 0), bundle.Searches[0]);
        var given = bundle.Commitments.First(x => x.Slug == piece.Commitment);
        var activity = bundle.Activities.First(x => x.Slug == piece.Activity);
        var source = bundle.Sources.First(x => x.PublishedOn is not null);
        var milestone = new AddMilestone("blinken-in-beijing", "The Secretary's visit as it was planned", "2023-02-05");
        foreach (var (parameter, name) in (ReadOnlySpan<(string, string)>)[("agenda", bundle.Agenda.Slug), ("commitment", given.Slug), ("activity", activity.Slug),
            ("source", source.Slug), ("milestone", milestone.Slug), ("evidence", piece.Key), ("search", search.Key), ("clause", "1"), ("proposal", ProposalId)]) _names[parameter] = name;

        Command(bundle.Agenda.AsCommand());
        Command(milestone);
        Command(source.AsCommand());
        Command(given.AsCommand());
        Command(given.Clauses[0]);
        Command(search.AsCommand());
        Command(activity.AsCommand());
        Command(piece.AsCommand());
        Command(new ReviewEvidence("accept", "The account says so, and nothing recorded says otherwise."));
        Command(new StateCoverage("2023-01-31", ["press releases of both ministries"], "Nothing further was found."));
        Command(new Withdraw("It rests on a report that its publisher has since taken back."));
        Command(new RedactText("participants[0].name", "They are a private person, and asked for it."));
        Command(new Reinstate("The publisher has put it right, and it stands."));
        Command(new CorrectAgenda("The third host signed as well.", Parties: Given<CorrectAgenda.PartyGiven[]>([new("ID", "Indonesia", JoinedOn: GivenOrNone("2022-11-15"))])));
        Command(new CorrectMilestone("The visit was put off by a week.", Date: Given("2023-02-12")));
        Command(new CorrectSource("The archived copy was found.", ArchiveUrl: GivenOrNone("https://web.archive.org/web/20221115000000/" + (source.Url ?? "https://example.org/"))));
        Command(new CorrectCommitment("The accounts name a month, not a day.", DueOn: GivenOrNone("2023-02")));
        Command(new CorrectClause("A word was left out.", Quote: Given(given.Clauses[0].Quote)));
        Command(new CorrectActivity("The other account puts it on the days after.", Occurred: Given("2022-12-12/2022-12-13")));
        Command(new AcceptProposal("Both accounts say so."));
        Command(new RejectProposal("The other account is of another meeting."));
        Command(new RecodeEvidence("They met, and set nothing up.", Depth: Given("contact")));
        Command(new Batch<RecordActivity>([.. bundle.Activities.Take(2).Select(x => x.AsCommand())]));
        Command(new Batch<EvidenceOfBatch>([new(piece.Commitment, piece.Activity, piece.Depth, piece.Direction, piece.Parties, piece.Rationale, piece.Key, piece.Citations)]));
        Command(bundle with
        {
            Sources = [source],
            Commitments = [given with { Clauses = [] }],
            Activities = [activity with { Sources = [], Accounts = [] }],
            Evidence = [],
            Searches = [],
        });
        Command(new CreateKey("Coder in Jakarta", "coder", bundle.Agenda.Slug));
        Command(new ForgetPrincipal("ana@example.org"));
        Command(new CreatePrincipal(Label: "Coder in Jakarta"));
        Command(new LinkIdentity("https://login.example.org", "7f3a90"));

        var agenda = Fold<Agenda>(bundle.Agenda.Slug, bundle.Agenda.AsCommand().Read(problems));
        var sources = bundle.Sources.Select(x => Fold<Source>(x.Slug, x.AsCommand().Read(problems, Today))).ToDictionary(x => x.Slug, StringComparer.Ordinal);
        var activities = bundle.Activities.Select(x => Fold<Activity>(x.Slug, x.AsCommand().Read(problems, agenda, sources.GetValueOrDefault, Today))).ToDictionary(x => x.Slug, StringComparer.Ordinal);
        var commitments = bundle.Commitments.Select(x => Fold<Commitment>(x.Slug,
            [x.AsCommand().Read(problems, agenda, sources.GetValueOrDefault, Today), .. bundle.Searches.Where(y => y.Commitment == x.Slug).Select(y => y.AsCommand().Read(problems, y.Key, Today))])).ToArray();
        var evidence = bundle.Evidence.Select(x => Fold<Evidence.Evidence>(x.Key,
            x.AsCommand().Read(problems, x.Commitment, agenda, activities.GetValueOrDefault, sources.GetValueOrDefault), new EvidenceAccepted(x.Review?.Rationale ?? "Read and agreed."))).ToArray();
        Answer(new Page<HistoryEntry>(agenda.Slug, At, 1,
        [
            Recorded("commitment_made", $"commitments/{given.Slug}", given.AsCommand().Read(problems, agenda, sources.GetValueOrDefault, Today), null),
            Recorded("evidence_proposed", $"evidence/{piece.Key}",
                piece.AsCommand().Read(problems, piece.Commitment, agenda, activities.GetValueOrDefault, sources.GetValueOrDefault), activities[piece.Activity]),
        ], null));
        if (problems.Any) throw new InvalidOperationException(problems.Refusal().Detail);
        TakeAnswers(agenda, sources[source.Slug], sources, commitments, activities, evidence, commitments.First(x => x.Slug == given.Slug), evidence.First(x => x.Id == piece.Key));
    }

    private void TakeAnswers(
        Agenda agenda, Source source, Dictionary<string, Source> sources, Commitment[] commitments, Dictionary<string, Activity> activities,
        Evidence.Evidence[] evidence, Commitment one, Evidence.Evidence piece)
    {
        var moment = new Moment(agenda.Slug, 1, At);
        var milestone = new Milestone("blinken-in-beijing", "The Secretary's visit as it was planned", new DateOnly(2023, 2, 5));
        var covered = new CoverageStatement("c1", Today, ["department press releases"], null);
        var searched = commitments.First(x => x.Searches.Length > 0);
        var activity = activities[piece.Activity];
        var entries = commitments.OrderBy(x => x.Slug, StringComparer.Ordinal).Select(x => (Commitment: x, Verdict: Judge(agenda, x, activities, evidence))).ToArray();
        BoardEntry Entry(Commitment x) => BoardEntry.Of(x.Slug, x.Title, x.Type, entries.First(y => y.Commitment == x).Verdict);

        Answer(agenda);
        Answer(milestone);
        Answer(source);
        Answer(one with { Searches = [] });
        Answer(one.Clauses[0]);
        Answer(searched.Searches[0]);
        Answer(activity);
        Answer(piece);
        var proposal = Fold<Proposal>(ProposalId, new ActivityWithdrawalProposed(activity.Slug, activity.Version, "It rests on a report that its publisher has since taken back."));
        Answer(proposal);
        Answer<ProposalInFull>(AsOf.Of(proposal, moment, new WouldChange([])));
        Answer(new Page<Proposal>(agenda.Slug, At, 1, [proposal], null));
        Answer(new BatchResults([new BatchResult(0, activity.Slug, null, null), new BatchResult(1, activities.Keys.First(x => x != activity.Slug), null, null)]));
        Answer(new Imported(agenda.Slug, false, new ImportCounts(1, 0, 1, 1, 1, 0, 0, 0, 0), new ImportCounts(0, 0, 0, 0, 0, 0, 0, 0, 0)));
        Answer(new Key("k-4fQ0aZ81sLwe", "Coder in Jakarta", Role.Coder, agenda.Slug, At, null, null, null, Person));
        Answer(new KeyList([new Key("k-4fQ0aZ81sLwe", "Coder in Jakarta", Role.Coder, agenda.Slug, At, null, null, null, Person)]));
        var person = new Principal(Person, "Coder in Jakarta", ["p-8sKq2mX0vTzR4wYb"], [new Identity("https://login.example.org", "7f3a90")]);
        Answer(person);
        Answer(new PrincipalList([person]));
        Answer(new SessionList([new Session("s-Yq3hT0pLw5Rk", Person, "Coder in Jakarta", "k-4fQ0aZ81sLwe", [new Grant(Role.Coder, agenda.Slug)], At, At.AddHours(12))]));
        Answer(new KeyMade("k-4fQ0aZ81sLwe", "Coder in Jakarta", Role.Coder, agenda.Slug, At, null, "trk_…", Person));

        Answer<AgendaList<AsKnown<Agenda>>>(new AgendaList<JsonObject>([AsOf.Of(agenda, moment)]));
        Answer<AsKnown<Agenda>>(AsOf.Of(agenda, moment));
        Answer<AsKnown<Milestone>>(AsOf.Of(milestone, moment));
        Answer(new CoverageReach(covered.Id, covered.Through, covered.Places, covered.Note, null, covered.Through));
        Answer<AsKnown<CoverageStatement>>(AsOf.Of(covered, moment));
        Answer<AsKnown<Source>>(AsOf.Of(source, moment));
        Answer<AsKnown<Clause>>(AsOf.Of(one.Clauses[0], moment));
        Answer<AsKnown<Search>>(AsOf.Of(searched.Searches[0], moment));
        Answer<AsKnown<Activity>>(AsOf.Of(activity, moment));
        Answer<AsKnown<Evidence.Evidence>>(AsOf.Of(piece, moment));
        Answer(new Page<Source>(agenda.Slug, At, 1, [source], null));
        Answer(new Page<Activity>(agenda.Slug, At, 1, [activity], null));
        Answer(new EvidencePage(agenda.Slug, At, 1, 0, [piece], null));
        Answer(new Page<Change>(agenda.Slug, At, 1,
            [.. entries.Select((x, i) => Told(x.Commitment, x.Verdict.Status, x.Verdict.Because, i + 1)).Take(2)], null));
        Answer<CommitmentPage<CommitmentAsKnown>>(new CommitmentPage<JsonObject>(
            agenda.Slug, agenda.Baseline.Date, Today, Today, true, Today, At, 1, [CommitmentReader.Told(one, moment, Entry(one))], null));
        Answer<CommitmentInFull>(Flat.Of(CommitmentReader.Told(one, moment, Entry(one)), new Grounds<JsonObject>(agenda.Baseline.Date, Today, Today, true, Today, 0,
            [.. evidence.Where(x => x.Commitment == one.Slug).Select(x => Flat.Of(x, new WithActivity(activities[x.Activity])))], PendingChanges.None)));
        var board = BoardOf(agenda, [.. entries.Select(x => x.Verdict)], [.. entries.Select(x => Entry(x.Commitment))]);
        Answer(board);
        Answer(Matrix.Of(board));
        TakePreview(agenda, board, commitments, activities, evidence);
        Answer(new Timeline(agenda.Slug, agenda.Baseline, [], agenda.Baseline.Date, Today, Today, At, 1, [Follow(agenda, one, activities, evidence)]));
        Answer(Divergence.Of(agenda, [one], activities.Values, sources, Today, Today, At, 1));
        TakeReport(agenda, one, Entry(one), evidence, activities, sources);
    }

    private void TakePreview(Agenda agenda, Board board, Commitment[] commitments, Dictionary<string, Activity> activities, Evidence.Evidence[] evidence)
    {
        var lower = agenda with { Codebook = agenda.Codebook with { Bar = Depth.Contact } };
        var verdicts = board.Commitments.Select(x => Judge(lower, commitments.First(y => y.Slug == x.Slug), activities, evidence)).ToArray();
        Answer(CodebookPreview.Of(board, BoardOf(lower, verdicts, [.. board.Commitments.Zip(verdicts, (x, y) => BoardEntry.Of(x.Slug, x.Title, x.Type, y))])));
    }

    private void TakeReport(
        Agenda agenda, Commitment one, BoardEntry entry, Evidence.Evidence[] evidence, Dictionary<string, Activity> activities, Dictionary<string, Source> sources)
    {
        var since = agenda.Baseline.Date;
        var board = BoardOf(agenda, [Judge(agenda, one, activities, evidence)], [entry]);
        var document = ReportDocument.Of(new ReportMaterial(
            board, null, new Timeline(agenda.Slug, agenda.Baseline, [], since, Today, Today, At, 1, [Follow(agenda, one, activities, evidence)]),
            Divergence.Of(agenda, [one], activities.Values, sources, Today, Today, At, 1), [one],
            [.. evidence.Where(x => x.Commitment == one.Slug).Select(x => (x, activities[x.Activity]))], sources,
            new Dictionary<string, long>(), [], new Coverage(evidence.Length, 0, 0, 0), null, NotComparedBecause: NotCompared.First));
        var digest = ReportDocument.DigestOf(document.CanonicalJson());
        var report = Fold<Report>(document.Name(), ReportIssued.Of(document));
        TakeSchedule(report);
        Command(new IssueReport("2023-01-31"));
        Answer(report);
        Answer(new Page<Report>(agenda.Slug, At, 1, [report], null));
        Answer(document);
        Answer(new Verification(true, digest, digest));
        _names["report"] = report.Slug;
        TakeDeliveries(agenda.Slug, report.Slug);
    }

    private void TakeDeliveries(string agenda, string report)
    {
        var dead = new Delivery.Delivery("0186fb3c-5a80-7c1e-9d0b-6a3c4f1f8a01", Channels.Webhook, "w-9Qx2LmV0c7Hd", report, Words.Text(Occasion.ReportIssued), DeliveryState.Dead, At, null, null,
            "It answered 503.", [new DeliveryAttempt(1, At, 212, 503, "Service unavailable", "It answered 503.")]);
        _names["delivery"] = dead.Id;
        _names["webhook"] = dead.Destination;
        Answer(dead);
        Answer(new DeliveryList(agenda, [dead], null));
        var webhook = new Webhook(dead.Destination, "https://desk.example.org/tracker", [Occasion.StatusChanged, Occasion.ReportIssued], "desk@example.org", WebhookState.Active,
            At, null, null, At, 503, null, At, null, null);
        Command(new CreateWebhook(webhook.Url, [.. webhook.Events.Select(Words.Text)], Contact: webhook.Contact));
        Answer(webhook);
        Answer(new WebhookList(agenda, [webhook]));
        Answer<WebhookWithSecret>(Flat.Of(webhook, new WebhookSecret("whsec_" + Convert.ToBase64String(new byte[32]))));
    }

    private void TakeSchedule(Report report)
    {
        var schedule = Fold<Schedule>("weekly", new ScheduleMade("0 6 * * MON", "Asia/Jakarta", [ReportFormat.Html], ["m-1"], []));
        var shown = ScheduleInFull.Of(schedule, new Around(new Dictionary<string, Recipient> { ["m-1"] = new("m-1", "us-china-bali", "desk@example.org", null) },
            new Dictionary<string, Report> { ["weekly"] = report with { Schedule = "weekly" } }, new Dictionary<string, FailingDeliveries>(), null, null), At, mayPublish: true);
        Command(new MakeSchedule("weekly", schedule.Cron, schedule.TimeZone, ["html"], [new DeliverTo(Email: "desk@example.org")]));
        Command(new CorrectSchedule("The desk reads it before the morning's meeting.", Cron: Given("0 5 * * MON")));
        Command(new PauseSchedule());
        Command(new ResumeSchedule());
        Command(new RunSchedule());
        Answer(shown);
        Answer(new Page<ScheduleInFull>("us-china-bali", At, 1, [shown], null));
        _names["schedule"] = "weekly";
    }

    private static HistoryEntry Recorded(string name, string subject, object happened, Activity? activity)
    {
        var said = Said.Of(happened, activity);
        return new HistoryEntry(1, At, Person, name, subject, said.Occurred, said.Text, said.Reason, [], "Coder in Jakarta");
    }

    private static Change Told(Commitment commitment, CommitmentStatus status, Because because, int number)
    {
        var found = new Found(ChangeKind.StatusChanged, commitment.Slug, commitment.MadeOn) { To = status, Evidence = because.Deepest, SearchedThrough = because.Row is CommitmentStatus.NoneFound ? because.LastSearchedThrough : null };
        return new Change(new ChangeId(1, number).ToString(), 1, At, found.EffectiveOn, found.Kind, found.Commitment, null, null, status, found.Evidence, true,
            ChangeText.Of(found, new Named(commitment.Title, commitment.Type, null, null), DateOnly.FromDateTime(At.UtcDateTime)));
    }

    private static Board BoardOf(Agenda agenda, IReadOnlyCollection<Verdict> verdicts, ImmutableArray<BoardEntry> entries)
    {
        var since = agenda.Baseline.Date;
        var board = new Board(agenda.Slug, agenda.Baseline, since, Today, At, 1, agenda.Codebook, Today, true, Today, Today.DayNumber - since.DayNumber, "",
            BoardSummary.Count(verdicts), entries, PendingChanges.None, ReviewCounts.None)
        { About = agenda };
        return board with { Headline = Headline.Write(board) };
    }

    private static Verdict Judge(Agenda agenda, Commitment commitment, Dictionary<string, Activity> activities, Evidence.Evidence[] evidence) => DepthLadder.Judge(
        PromiseOf(commitment), FindingsOf(commitment, activities, evidence), [.. commitment.Searches.Select(x => x.SearchedThrough)], agenda.Baseline.Date, Today, agenda.Codebook, RecordCoverage.Unlimited)!;

    private static Lane Follow(Agenda agenda, Commitment commitment, Dictionary<string, Activity> activities, Evidence.Evidence[] evidence) => Lane.Of(
        PromiseOf(commitment), commitment.Title, FindingsOf(commitment, activities, evidence), [.. commitment.Searches.Select(x => x.SearchedThrough)],
        id => NamedBy(evidence.Single(x => x.Id == id), activities), agenda.Baseline.Date, Today, agenda.Codebook, RecordCoverage.Unlimited);

    private static ActivityNamed NamedBy(Evidence.Evidence piece, Dictionary<string, Activity> activities) => new(piece.Activity, activities[piece.Activity].Title);

    private static Promise PromiseOf(Commitment x) => new(x.Slug, x.Type, x.MadeOn, x.Bar, x.DueOn, x.Parties);

    private static Finding[] FindingsOf(Commitment commitment, Dictionary<string, Activity> activities, Evidence.Evidence[] evidence) =>
    [
        .. evidence.Where(x => x.Commitment == commitment.Slug).Select(x => new Finding(
            x.Id, activities[x.Activity].Occurred.Earliest, activities[x.Activity].Occurred.Latest, x.Depth, x.Direction, x.Parties, x.State)),
    ];

    private static Amended<T> Given<T>(T value) where T : class => new(value, true);

    private static AmendedOrNone<T> GivenOrNone<T>(T? value) where T : class => new(value, true);

    private static T Fold<T>(string name, params ReadOnlySpan<object> events) where T : class, IFolded<T>
    {
        T? state = null;
        for (var i = 0; i < events.Length; i++) state = T.Fold(state, events[i], new Stamp(name, i + 1, 1, At, Person));
        return state!;
    }

    /// <summary>A command as a client would write it: what it does not say is left out.</summary>
    private void Command<T>(T command) where T : class => _bodies[typeof(T)] = WithoutNulls(JsonSerializer.SerializeToNode(command, WireJson.Options)!);

    private void Answer<T>(object answer) => _bodies[typeof(T)] = JsonSerializer.SerializeToNode(answer, answer.GetType(), WireJson.Options)!;

    private void Answer(object answer) => _bodies[answer.GetType()] = JsonSerializer.SerializeToNode(answer, answer.GetType(), WireJson.Options)!;

    private static JsonNode WithoutNulls(JsonNode node)
    {
        if (node is JsonArray list) return new JsonArray([.. list.Select(x => WithoutNulls(x!))]);
        return node is JsonObject members
            ? new JsonObject(members.Where(x => x.Value is not null).Select(x => KeyValuePair.Create(x.Key, (JsonNode?)WithoutNulls(x.Value!))))
            : node.DeepClone();
    }
}
