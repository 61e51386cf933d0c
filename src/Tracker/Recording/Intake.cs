using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http.Features;

namespace Tracker.Recording;

/// <summary>
/// Where commands come in over HTTP: reads the body strictly, tells the recorder what the use case needs, and puts its answer back
/// into HTTP. What a use case decides stands in its own file.
/// </summary>
public sealed class Intake(Recorder recorder)
{
    private const int MaxKey = 200;

    public static IEnumerable<StreamKey> NoOthers<TCommand>(TCommand _) => [];

    /// <summary>A command that opens an agenda.</summary>
    public Task<IResult> Open<TCommand>(HttpContext http, Func<TCommand, string> slug, Func<TCommand, Known, Decided> decide)
        where TCommand : class =>
        TakeAsync<TCommand>(http, "", (command, _) => new UseCase(
            StreamKey.ForAgenda(slug(command)), [], known => decide(command, known), $"/api/v1/agendas/{slug(command)}")
        { Creates = true, Opens = true });

    /// <summary>A command that creates a thing of an agenda; <c>If-Match</c> is the agenda's.</summary>
    public Task<IResult> Create<TCommand, T>(
        HttpContext http, string agenda, Func<TCommand, string> name, Func<TCommand, IEnumerable<StreamKey>> reads, Func<TCommand, Known, Decided> decide)
        where TCommand : class where T : class, IFolded<T> =>
        TakeAsync<TCommand>(http, agenda, (command, _) => new UseCase(
            StreamKey.Of<T>(agenda, name(command)), [.. reads(command)], known => decide(command, known), $"/api/v1/agendas/{agenda}/{T.Kind}/{name(command)}")
        { Creates = true, Parent = StreamKey.ForAgenda(agenda) });

    /// <summary>A command that creates a thing whose content is made ready before it is recorded; <c>If-Match</c> is the agenda's.</summary>
    /// <param name="prepare">Makes it ready, or says why not; what it reads may be older than what is recorded next.</param>
    /// <param name="under">The thing in the address that it is created of, where there is one: <c>If-Match</c> is that one's.</param>
    /// <param name="show">What is answered of the thing; itself where this is not said.</param>
    public Task<IResult> CreateReady<TCommand, TReady, T>(
        HttpContext http, string agenda, Func<TCommand, CancellationToken, Task<(TReady? Ready, Refusal? Refusal)>> prepare,
        Func<TReady, string> name, Func<TReady, Known, Decided> decide, StreamKey? under = null, Func<TReady, T, object>? show = null)
        where TCommand : class where TReady : class where T : class, IFolded<T> =>
        TakeAsync<TCommand>(http, agenda, async (command, _) =>
        {
            if (!Slug.IsValid(agenda)) return (null, Refuse.NotFound("agenda", agenda));
            var (ready, refusal) = await prepare(command, http.RequestAborted);
            if (ready is null) return (null, refusal);
            return (new UseCase(StreamKey.Of<T>(agenda, name(ready)), [], known => decide(ready, known), $"/api/v1/agendas/{agenda}/{T.Kind}/{name(ready)}")
            {
                Creates = true,
                Parent = under ?? StreamKey.ForAgenda(agenda),
                ParentIsNamed = under is not null,
                Show = show is null ? null : state => show(ready, (T)state),
            }, null);
        });

    /// <summary>A command that creates a thing under another; <c>If-Match</c> is the other's.</summary>
    public Task<IResult> CreateUnder<TCommand, TParent, T>(
        HttpContext http, string agenda, string parent, Func<TCommand, string, string> name,
        Func<TCommand, IEnumerable<StreamKey>> reads, Func<TCommand, Known, Decided> decide)
        where TCommand : class where TParent : class, IFolded<TParent> where T : class, IFolded<T> =>
        TakeAsync<TCommand>(http, agenda, (command, fresh) => new UseCase(
            StreamKey.Of<T>(agenda, name(command, fresh)), [.. reads(command)], known => decide(command, known),
            $"/api/v1/agendas/{agenda}/{T.Kind}/{name(command, fresh)}")
        { Creates = true, Parent = StreamKey.Of<TParent>(agenda, parent), ParentIsNamed = true });

    /// <summary>A command that changes a thing there is.</summary>
    /// <param name="then">What it looks at besides, once the states of what it <paramref name="reads"/> are known.</param>
    /// <param name="resting">Whether it looks at what rests on the thing.</param>
    /// <param name="restingOn">Of which other thing it looks at what rests on it.</param>
    public Task<IResult> Change<TCommand, T>(
        HttpContext http, string agenda, string name, Func<TCommand, IEnumerable<StreamKey>> reads, Func<TCommand, Known, Decided> decide,
        Func<Known, IEnumerable<StreamKey>>? then = null, Predicate<TCommand>? resting = null, Func<Known, StreamKey?>? restingOn = null)
        where TCommand : class where T : class, IFolded<T> =>
        TakeAsync<TCommand>(http, agenda, (command, _) => new UseCase(
            StreamKey.Of<T>(agenda, name), [.. reads(command)], known => decide(command, known), null)
        { ReadsThen = then, ReadsRestingOn = resting?.Invoke(command) == true ? known => known.Has<T>(name) ? StreamKey.Of<T>(agenda, name) : null : restingOn });

    /// <summary>A command that rewrites what was recorded of a thing there is.</summary>
    public Task<IResult> Rewrite<TCommand, T>(HttpContext http, string agenda, string name, Func<TCommand, Known, Decided> decide)
        where TCommand : class where T : class, IFolded<T> =>
        TakeAsync<TCommand>(http, agenda, (command, _) => new UseCase(StreamKey.Of<T>(agenda, name), [], known => decide(command, known), null) { ReadsHistory = true });

    /// <summary>A command that changes a thing there is, once something is made ready for it.</summary>
    /// <inheritdoc cref="CreateReady{TCommand,TReady,T}"/>
    public Task<IResult> ChangeReady<TCommand, TReady, T>(
        HttpContext http, string agenda, string thing, Func<TCommand, CancellationToken, Task<(TReady? Ready, Refusal? Refusal)>> prepare,
        Func<TReady, Known, Decided> decide, Func<TReady, T, object> show)
        where TCommand : class where TReady : class where T : class, IFolded<T> =>
        TakeAsync<TCommand>(http, agenda, async (command, _) =>
        {
            var target = StreamKey.Of<T>(agenda, thing);
            if (!Slug.IsValid(agenda)) return (null, Refuse.NotFound("agenda", agenda));
            if (!target.IsValid) return (null, Refuse.NotFound(UseCase.Singular(T.Kind), thing));
            var (ready, refusal) = await prepare(command, http.RequestAborted);
            return ready is null ? (null, refusal) : (new UseCase(target, [], known => decide(ready, known), null) { Show = state => show(ready, (T)state) }, null);
        });

    /// <summary>A command that changes a part of a thing there is, and is answered with the part.</summary>
    /// <param name="reaching">The part with the day through which the agenda's record then reaches, where that is answered.</param>
    public Task<IResult> ChangePart<TCommand, T>(
        HttpContext http, string agenda, string name, string id, Func<TCommand, IEnumerable<StreamKey>> reads, Func<TCommand, Known, Decided> decide,
        Func<T, string, object> part, Func<object, DateOnly?, object>? reaching = null)
        where TCommand : class where T : class, IFolded<T> =>
        TakeAsync<TCommand>(http, agenda, (command, _) => new UseCase(
            StreamKey.Of<T>(agenda, name), [.. reads(command)], known => decide(command, known), null)
        { Part = (state, it) => part((T)state, it), PartId = id, Reaching = reaching });

    /// <summary>A command that adds a part to a thing there is: a clause, a search, a milestone.</summary>
    /// <inheritdoc cref="ChangePart{TCommand,T}"/>
    public Task<IResult> AddTo<TCommand, T>(
        HttpContext http, string agenda, string name, string parts, Func<TCommand, IEnumerable<StreamKey>> reads, Func<TCommand, Known, Decided> decide,
        Func<T, string, object> part, Func<object, DateOnly?, object>? reaching = null)
        where TCommand : class where T : class, IFolded<T> =>
        TakeAsync<TCommand>(http, agenda, (command, _) => new UseCase(
            StreamKey.Of<T>(agenda, name), [.. reads(command)], known => decide(command, known),
            T.Kind == "agenda" ? $"/api/v1/agendas/{agenda}/{parts}/" : $"/api/v1/agendas/{agenda}/{T.Kind}/{name}/{parts}/")
        { Part = (state, id) => part((T)state, id), Reaching = reaching });

    /// <summary>Commands of one kind, at most a thousand: one recording, all or nothing, one result each.</summary>
    public Task<IResult> Many<TItem>(
        HttpContext http, string agenda, Func<TItem, IEnumerable<StreamKey>> reads, Func<IReadOnlyList<TItem>, Known, Decided> decide)
        where TItem : class =>
        TakeAsync<Batch<TItem>>(http, agenda, (batch, _) => new UseCase(
            StreamKey.ForAgenda(agenda), [.. batch.Items.Take(Batch<TItem>.MaxItems).SelectMany(reads)],
            known => batch.Items.Length > Batch<TItem>.MaxItems
                ? Refuse.As("too-many", "items", $"A batch takes at most {Batch<TItem>.MaxItems} items.")
                : decide(batch.Items, known), null), BodySizes.Batch);

    /// <summary>
    /// A command on more than fits in memory: its body is taken as it comes and staged, then decided on page by page. <c>If-Match</c> is the
    /// agenda's.
    /// </summary>
    /// <param name="opens">Whether the command opens the agenda where it is missing; else its absence is a 404.</param>
    /// <param name="stage">Reads the body; what it may be in is the use case's to say.</param>
    /// <param name="decide">The decision, under the lock.</param>
    public async Task<IResult> TakeStagedAsync<TStaged>(
        HttpContext http, string agenda, bool opens, Func<Stream, CancellationToken, Task<(TStaged?, Refusal?)>> stage, Func<TStaged, Known, LookUp, ValueTask<Decided>> decide)
        where TStaged : class, IAsyncDisposable
    {
        if (!Slug.IsValid(agenda)) return Refuse.NotFound("agenda", agenda).Answered();
        if (http.Request.ContentLength > BodySizes.Import) return BodySizes.TooLarge(BodySizes.Import).Answered();
        // One that comes in chunks is measured as it comes.
        http.LimitBody(null);
        var caller = http.Features.GetRequiredFeature<Caller>();
        await using var body = new MeasuredBody(http.Request.Body, BodySizes.Import, DigestOf(http.Request));
        var (taken, refusal) = await stage(body, http.RequestAborted);
        await using var staged = taken;
        if (body.IsTooLarge) return BodySizes.TooLarge(BodySizes.Import).Answered();
        if (body.IsBroken) return NotAsSaid.Answered();
        if (refusal is not null) return refusal.Answered();
        (var repeat, refusal) = RepeatOf(http.Request, caller, body.Digest);
        if (refusal is not null) return refusal.Answered();
        (var expected, refusal) = ExpectedVersions.Of(http.Request);
        if (refusal is not null) return refusal.Answered();

        var useCase = new UseCase(StreamKey.ForAgenda(agenda), [], _ => Decided.Nothing, null) { States = true };
        var attempt = new Attempt(
            agenda, opens, caller, [],
            (known, lookUp) => useCase.Decide(known, expected) is Refusal stale ? ValueTask.FromResult<Decided>(stale) : decide(staged!, known, lookUp),
            useCase.Target, useCase.Answer)
        { IsLong = true, Repeat = repeat, Correlation = Activity.Current?.TraceId.ToHexString(), Causation = Activity.Current?.SpanId.ToHexString() };
        var (answer, refused) = await recorder.RecordAsync(attempt, http.RequestAborted);
        return answer ?? refused!.Answered();
    }

    private Task<IResult> TakeAsync<TCommand>(HttpContext http, string agenda, Func<TCommand, string, UseCase> useCaseOf, int limit = BodySizes.Command) where TCommand : class =>
        TakeAsync<TCommand>(http, agenda, (command, fresh) => Task.FromResult<(UseCase?, Refusal?)>((useCaseOf(command, fresh), null)), limit, isMadeReady: false);

    private async Task<IResult> TakeAsync<TCommand>(
        HttpContext http, string agenda, Func<TCommand, string, Task<(UseCase? UseCase, Refusal? Refusal)>> useCaseOf, int limit = BodySizes.Command, bool isMadeReady = true) where TCommand : class
    {
        // What has nothing to say may come without a body.
        var (body, refusal) = IsWordless(typeof(TCommand)) && !MayHaveBody(http) ? ("{}"u8.ToArray(), null) : await ReadBodyAsync(http.Request, limit, http.RequestAborted);
        if (refusal is not null) return refusal.Answered();
        (var command, refusal) = WireJson.Read<TCommand>(body);
        if (refusal is not null) return refusal.Answered();
        var caller = http.Features.GetRequiredFeature<Caller>();
        using var digest = DigestOf(http.Request);
        digest?.AppendData(body);
        (var repeat, refusal) = RepeatOf(http.Request, caller, digest);
        if (refusal is not null) return refusal.Answered();
        (var expected, refusal) = ExpectedVersions.Of(http.Request);
        if (refusal is not null) return refusal.Answered();

        // A repeat of what is made ready first is answered before that: what it rested on may be gone by now.
        if (isMadeReady && repeat is not null && await recorder.RepeatedAsync(repeat, http.RequestAborted) is { } repeated) return repeated;

        // Made before the lock, so that the stream it names can be looked up under it.
        (var useCase, refusal) = await useCaseOf(command!, Guid.CreateVersion7().ToString());
        if (useCase is null) return refusal!.Answered();
        if (!useCase.Opens && !Slug.IsValid(agenda)) return Refuse.NotFound("agenda", agenda).Answered();
        var attempt = new Attempt(
            useCase.Opens ? useCase.Target.Agenda : agenda, useCase.Opens, caller,
            useCase.Parent is { } parent ? [.. useCase.Reads, parent] : useCase.Reads,
            (known, _) => ValueTask.FromResult(useCase.Decide(known, expected)), useCase.Target, useCase.Answer)
        {
            Repeat = repeat,
            ReadsThen = useCase.ReadsThen,
            ReadsRestingOn = useCase.ReadsRestingOn,
            ReadsHistory = useCase.ReadsHistory,
            TellsReach = useCase.Reaching is not null,
            Correlation = Activity.Current?.TraceId.ToHexString(),
            Causation = Activity.Current?.SpanId.ToHexString(),
        };
        if (useCase.Opens && !useCase.Target.IsValid) return ((Refusal)useCase.Judge(Unopened(caller))).Answered();
        var (answer, refused) = await recorder.RecordAsync(attempt, http.RequestAborted);
        return answer ?? refused!.Answered();
    }

    /// <summary>Whether a command has no members: its address says all.</summary>
    public static bool IsWordless(Type command) => Array.TrueForAll(command.GetConstructors(), x => x.GetParameters().Length == 0);

    private static bool MayHaveBody(HttpContext http) => http.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody != false && http.Request.ContentLength != 0;

    /// <summary>Nothing is known: enough for a decision to say what is wrong with a name that cannot be a stream's.</summary>
    private static Known Unopened(Caller caller) => new(new Dictionary<StreamKey, object>(), "", default, caller);

    /// <summary>Reads the whole body, or refuses: what is no JSON by its type, and what is too large.</summary>
    internal static async Task<(byte[] Body, Refusal? Refusal)> ReadBodyAsync(HttpRequest request, int limit, CancellationToken ct)
    {
        if (!request.HasJsonContentType())
            return ([], new Refusal(415, "unsupported-media-type", "The body must be JSON, with Content-Type: application/json."));
        if (request.ContentLength > limit) return ([], BodySizes.TooLarge(limit));
        // Room is made as it comes, not as it is announced.
        using var buffer = new MemoryStream((int)Math.Min(request.ContentLength ?? 4096, 64 * 1024));
        await using var body = new MeasuredBody(request.Body, limit, digest: null);
        await body.CopyToAsync(buffer, ct);
        if (body.IsTooLarge) return ([], BodySizes.TooLarge(limit));
        if (body.IsBroken) return ([], NotAsSaid);
        return (buffer.ToArray(), null);
    }

    private static Refusal NotAsSaid => Refuse.Unreadable("The body does not come as its headers say.");

    /// <summary>What tells a repeat from another request under one key: the query, and then the body. Null where no key is given.</summary>
    internal static IncrementalHash? DigestOf(HttpRequest request)
    {
        if (request.Headers["Idempotency-Key"].Count == 0) return null;
        var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        digest.AppendData(Encoding.UTF8.GetBytes(request.QueryString.Value ?? ""));
        digest.AppendData([0]);
        return digest;
    }

    internal static (RepeatKey?, Refusal?) RepeatOf(HttpRequest request, Caller caller, IncrementalHash? digest)
    {
        if (digest is null) return (null, null);
        var values = request.Headers["Idempotency-Key"];
        var key = values.ToString();
        if (values.Count > 1 || key.Length is 0 or > MaxKey || key.Any(x => x is < ' ' or > '~'))
            return (null, Refuse.Unreadable($"Idempotency-Key must be 1 to {MaxKey} printable ASCII characters.", "Idempotency-Key"));
        return (new RepeatKey(caller.Principal!, $"{request.Method} {request.Path}", key, digest.GetHashAndReset()), null);
    }

    /// <summary>A command made ready: which stream it is about, what it looks at, how it is decided and answered.</summary>
    private sealed record UseCase(StreamKey Target, IReadOnlyCollection<StreamKey> Reads, Func<Known, Decided> Judge, string? Location)
    {
        public bool Opens { get; init; }

        public bool Creates { get; init; }

        /// <summary>Whether the command states what the agenda is, whether there is one or not.</summary>
        public bool States { get; init; }

        public StreamKey? Parent { get; init; }

        /// <summary>Whether the parent is named in the address, so that its absence is a 404.</summary>
        public bool ParentIsNamed { get; init; }

        public Func<Known, IEnumerable<StreamKey>>? ReadsThen { get; init; }

        public Func<Known, StreamKey?>? ReadsRestingOn { get; init; }

        public bool ReadsHistory { get; init; }

        /// <summary>What is answered of the thing, where it is not the thing itself.</summary>
        public Func<object, object>? Show { get; init; }

        public Func<object, string, object>? Part { get; init; }

        public Func<object, DateOnly?, object>? Reaching { get; init; }

        /// <summary>Which part is changed, where it is there already.</summary>
        public string? PartId { get; init; }

        public Decided Decide(Known known, ExpectedVersions? expected)
        {
            var target = known.Find(Target);
            if (States) return JudgeNew(expected, FoldedKinds.VersionOf(Target.Kind, target));
            if (Opens) return target is null ? JudgeNew(expected, 0) : Taken();
            var parent = Parent is { } key ? known.Find(key) : null;
            if (ParentIsNamed && parent is null) return Refuse.NotFound(Singular(Parent!.Value.Kind), Parent.Value.Name);
            if (Creates && target is not null) return Taken();
            if (Creates) return JudgeNew(expected, FoldedKinds.VersionOf(Parent!.Value.Kind, parent));
            if (target is null) return Refuse.NotFound(Singular(Target.Kind), Target.Name);
            var version = FoldedKinds.VersionOf(Target.Kind, target);
            return expected?.WhyNot(version, known.BasisPositionOf(target)) ?? Judge(known);

            Decided JudgeNew(ExpectedVersions? match, long current) => match?.WhyNot(current) ?? Judge(known);
        }

        public Answer Answer(Recorded recorded)
        {
            var version = FoldedKinds.VersionOf(recorded.Target.Kind, recorded.State);
            var partId = (recorded.Outcome as Happened)?.PartId;
            var resource = recorded.Outcome switch
            {
                Waits => recorded.State!,
                HappenedOnMany { Answer: { } answer } => answer(),
                Happened when (partId ?? PartId) is { } id => Part!(recorded.State!, id),
                _ => Show is null ? recorded.State! : Show(recorded.State!),
            };
            if (Reaching is not null) resource = Reaching(resource, recorded.CoveredThrough);
            var body = WireJson.Bytes(resource);
            if (recorded.Outcome is Waits) return new Answer(202, Recording.Answer.TagOf(version, body), recorded.Target.Address, recorded.Position, body);
            var created = Creates || partId is not null;
            return new Answer(created ? 201 : 200, Recording.Answer.TagOf(version, body, recorded.Basis),
                created ? Location + partId : null, recorded.Position, body);
        }

        public static string Singular(string kind) => kind switch { "activities" => "activity", "evidence" => "evidence", _ => kind.TrimEnd('s') };

        private Refusal Taken() => Refuse.Conflict("slug-taken", $"There is already {(Target.Kind is "agenda" or "activities" ? "an " : Target.Kind is "evidence" ? "" : "a ")}{Singular(Target.Kind)} named '{Target.Name}'.") with { Resource = Location };
    }
}
