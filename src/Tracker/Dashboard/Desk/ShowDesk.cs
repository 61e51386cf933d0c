using System.Collections.Immutable;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Tracker.Access;
using Tracker.Activities;
using Tracker.Boards;
using Tracker.Boards.Known;
using Tracker.Commitments;
using Tracker.Dashboard.Frame;
using Tracker.Evidence;
using Tracker.Proposals;
using Tracker.Prose;
using Tracker.Recording;
using Wolverine.Http;

namespace Tracker.Dashboard.Desk;

/// <summary>Where coders and reviewers work: what waits for a review, and the forms.</summary>
public static class ShowDeskEndpoints
{
    [WolverineGet("/agendas/{a}/desk"), Needs(Right.Read), Silent, PageQuery("atLeast", "q", "recorded", "thing", "waits")]
    public static async Task<IResult> Desk(string a, HttpContext http, [NotBody] RecordReader record, [NotBody] BoardReader boards, [NotBody] DeskForms forms, CancellationToken ct)
    {
        if (DeskPages.Shut(http, a, http.Request.Path.Value!, Typed.Nothing) is { } shut) return shut;
        var (read, refusal) = ReadAt.Parse(null, null, null, http.Request.Given("atLeast"));
        if ((refusal ?? Filter.TooManyWords(http.Request.Given("q"))) is { } no) return no.AsPage(http.Request.Path);
        (var agenda, var moment, refusal) = await record.OneAsync(KnownTables.Agendas, "agenda", a, a, read!, ct);
        if (agenda is null) return refusal!.AsPage();
        (var reach, refusal) = await boards.GatherAsync(a, read!, onlyCommitment: "", ct);
        if (reach is null) return refusal!.AsPage();
        var (all, q) = (new PageAsked(PageAsked.MaxLimit, null), http.Request.Given("q"));
        var (waiting, _) = await record.PageAsync(KnownTables.Evidence, a, new ReadAt(), all, Filter.Of(("state = ?", Words.Text(EvidenceState.Proposed))), ct);
        var worded = Filter.Of(("words like all(?)", Filter.Words(q)));
        var (changes, _) = await record.PageAsync(KnownTables.Proposals, a, new ReadAt(), all, Filter.Of(("state = ?", Words.Text(ProposalState.Waiting))), ct);
        // First what the one who asks can decide.
        var pending = new Some<Proposal>(changes!.Items.OrderBy(x => x.IsOwn(http.Caller())).ThenBy(x => x.ProposedAt), changes.Next is null);
        var (commitments, _) = await record.PageAsync(KnownTables.Commitments, a, new ReadAt(), all, worded, ct);
        var (activities, _) = await record.PageAsync(KnownTables.Activities, a, new ReadAt(), all, worded, ct);
        var promises = await record.NamedAsync(KnownTables.Commitments, moment!, waiting!.Items.Select(x => x.Commitment), ct);
        var acts = await record.NamedAsync(KnownTables.Activities, moment!, waiting.Items.Select(x => x.Activity), ct);
        var wanted = Folded.Words(q ?? "");
        bool IsWanted(Evidence.Evidence it) => Folded.Of(promises.GetValueOrDefault(it.Commitment)?.Title, acts.GetValueOrDefault(it.Activity)?.Title, it.Rationale) is var said
            && Array.TrueForAll(wanted, x => said.Contains(x, StringComparison.Ordinal));
        return new PageAnswer<DeskPage>(200, moment!.Position, new()
        {
            [nameof(DeskPage.Agenda)] = agenda,
            [nameof(DeskPage.CoveredThrough)] = reach.Coverage.Through(reach.ValidAt),
            [nameof(DeskPage.TellsReach)] = http.Request.Given("thing") is CoverageForms.Thing,
            [nameof(DeskPage.Q)] = q,
            // First what the one who asks can decide.
            [nameof(DeskPage.Waiting)] = new Some<Evidence.Evidence>(waiting.Items.Where(IsWanted).OrderBy(x => x.IsOwn(http.Caller())), waiting.Next is null),
            [nameof(DeskPage.Pending)] = pending,
            [nameof(DeskPage.Changes)] = await forms.ProposedAsync(new Moment(a, changes.Position, changes.KnownAt), pending.First, ct),
            [nameof(DeskPage.Own)] = changes.Items.Count(x => x.IsOwn(http.Caller())),
            [nameof(DeskPage.Waits)] = http.Request.Given("waits") is "true",
            [nameof(DeskPage.Promises)] = promises,
            [nameof(DeskPage.Acts)] = acts,
            [nameof(DeskPage.Commitments)] = new Some<Commitment>(commitments!.Items.Where(x => x.Withdrawal is null).OrderBy(x => x.Title, Titles.Order), commitments.Next is null),
            [nameof(DeskPage.Activities)] = new Some<Activity>(
                q is null ? await forms.ActivitiesAsync(a, ct) : activities!.Items.Where(x => x.Withdrawal is null).OrderByDescending(x => x.Occurred.Latest), activities!.Next is null),
            [nameof(DeskPage.Recorded)] = http.Request.Given("recorded") is { } told && long.TryParse(told, out var position) ? position : null,
            [nameof(DeskPage.Thing)] = ThingIn(http.Request.Given("thing")),
            [nameof(DeskPage.Caller)] = http.Caller(),
            [nameof(DeskPage.Token)] = DeskPages.TokenFor(http),
        })
        { Personal = true };
    }

    [WolverineGet("/agendas/{a}/desk/{**rest}"), Needs(Right.Read), Silent]
    public static async Task<IResult> Form(string a, HttpContext http, [NotBody] DeskForms forms, CancellationToken ct)
    {
        if (DeskAddress.Of(http.Request.Path.Value) is not { } address) return new Refusal(404, "not-found", "There is nothing at this address.").AsPage();
        if (DeskPages.Shut(http, a, http.Request.Path.Value!, Typed.Nothing) is { } shut) return shut;
        var (form, refusal) = await forms.FindAsync(address, http.Caller(), ct);
        if (form is null) return refusal!.AsPage();
        return Lack.Of(http, form.Needs, a) is { } lack
            ? DeskPages.SignIn(http, http.Request.Path.Value!, Typed.Nothing, null, lack)
            : DeskPages.Form(http, form, form.Filled, null);
    }

    // A thing of the agenda that has a page: a kind and a name, and nothing else that an address could lead to.
    private static string? ThingIn(string? thing) =>
        thing?.Split('/') is [var kind and ("sources" or "activities" or "commitments"), var name] && Slug.IsValid(name) ? $"{kind}/{name}" : null;
}

/// <summary>Signing in with a key or at the issuer, and out again.</summary>
public static class SignInEndpoints
{
    [WolverineGet("/sign-in"), OpenToAll, PageQuery("to")]
    public static IResult Show(HttpContext http) => DeskPages.SignIn(http, DeskPages.Ours(http.Request.Given("to")), Typed.Nothing, null);

    [WolverinePost("/sign-in"), OpenToAll]
    public static async Task<IResult> Begin(HttpContext http, [NotBody] Sessions sessions, [NotBody] IAntiforgery antiforgery, [NotBody] DeskForms forms, CancellationToken ct)
    {
        var (sent, unread) = await SentForm.ReadAsync(http, BodySizes.CarriedForm);
        if (sent is null) return unread!.AsPage();
        var (to, typed) = (DeskPages.Ours(sent["to"]), Typed.Unpack(sent[Typed.Carried]));
        if (!await antiforgery.IsRequestValidAsync(http)) return DeskPages.SignIn(http, to, typed, new Refusal(400, "unreadable", typed.Values.IsEmpty ? Texts.FormTooOld : Texts.FormNotKnown));
        // Who signed in with the issuer meanwhile, in another tab, goes on without a key.
        var caller = sent["key"].ToString() is not { Length: > 0 } ? await sessions.CallerOfAsync(http)
            : sent["key"].ToString().Trim() is { Length: > 0 and < 1_000 } key ? await sessions.BeginAsync(http, key) : null;
        if (caller is null) return DeskPages.SignIn(http, to, typed, new Refusal(422, "bad-key", Texts.KeyNotGood));
        if (typed.Values.IsEmpty || DeskAddress.Of(to) is not { } address) return DeskPages.Onward(to);
        http.Features.Set(caller);
        if (DeskPages.Shut(http, address.Agenda, to, typed) is { } shut) return shut;
        var (form, refusal) = await forms.FindAsync(address, caller, ct);
        if (form is null) return refusal!.AsPage();
        if (Lack.Of(http, form.Needs, address.Agenda) is { } lack) return DeskPages.SignIn(http, to, typed, null, lack);
        typed = form.Tidy(typed);
        // The row that was asked for when the session had ended.
        if (form.Fields.OfType<RowsField>().FirstOrDefault(x => x.Path == typed.One(Typed.More)) is { } rows) (typed, _) = rows.WithMore(typed.With(Typed.More, []));
        return DeskPages.Form(http, form, typed, null, signedInAgain: true);
    }

    [WolverineGet("/sign-in/with"), OpenToAll, PageQuery("to")]
    public static async Task<IResult> Go(HttpContext http, [NotBody] IssuerSignIn issuer, CancellationToken ct)
    {
        if (issuer.Name is null) return new Refusal(404, "not-found", "There is nothing at this address.").AsPage();
        var to = DeskPages.Ours(http.Request.Given("to"));
        return await issuer.IsReachedAsync(ct)
            ? Results.Challenge(new AuthenticationProperties { RedirectUri = to }, [IssuerSignIn.Scheme])
            : DeskPages.SignIn(http, to, Typed.Nothing, new Refusal(503, "unavailable", Texts.IssuerAway) { RetryAfter = Credentials.IssuerRestsSeconds });
    }

    [WolverinePost("/sign-out"), OpenToAll]
    public static async Task<IResult> End(HttpContext http, [NotBody] Sessions sessions, [NotBody] IAntiforgery antiforgery)
    {
        if (http.Request.HasFormContentType && await SentForm.ReadAsync(http) is (null, { } unread)) return unread.AsPage();
        if (!await antiforgery.IsRequestValidAsync(http)) return new Refusal(400, "unreadable", Texts.FormTooOld).AsOwnPage();
        await sessions.EndAsync(http);
        return DeskPages.Onward("/");
    }
}
