using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Antiforgery;
using Tracker.Access;
using Tracker.Dashboard.Frame;
using Tracker.Recording;

namespace Tracker.Dashboard.Desk;

/// <summary>
/// Takes a form in as the command it stands for: the same request of the API goes on, in its place, through everything that any client's goes
/// through. What comes back becomes a page: the desk, the same form with what is wrong at its fields, or a sign-in that keeps what was typed.
/// </summary>
public sealed class SendForm(RequestDelegate next, IAntiforgery antiforgery, Sessions sessions, Credentials credentials, DeskForms forms)
{
    private const int MostAgain = 5;
    private const int MostWaits = 50;

    private static readonly TimeSpan Wait = TimeSpan.FromMilliseconds(100);

    public async Task InvokeAsync(HttpContext http)
    {
        if (!HttpMethods.IsPost(http.Request.Method) || DeskAddress.Of(http.Request.Path.Value) is not { } address)
        {
            await next(http);
            return;
        }

        await (await TakeAsync(http, address)).ExecuteAsync(http);
    }

    private async Task<IResult> TakeAsync(HttpContext http, DeskAddress address)
    {
        var (sent, unread) = await SentForm.ReadAsync(http);
        if (sent is null) return unread!.AsPage();
        var caller = await CallerOfAsync(http);
        var notOurs = await antiforgery.IsRequestValidAsync(http) ? null : new Refusal(400, "unreadable", Texts.FormNotKnown);
        if (DeskPages.Shut(http, address.Agenda, address.Page, Typed.Of(sent), notOurs) is { } shut) return shut;
        var (form, refusal) = await forms.FindAsync(address, caller, http.RequestAborted);
        if (form is null) return refusal!.AsPage();
        var typed = form.Tidy(Typed.Of(sent));
        if (notOurs is not null) return DeskPages.SignIn(http, address.Page, typed, notOurs);

        if (form.Fields.OfType<RowsField>().FirstOrDefault(x => x.Path == typed.One(Typed.More)) is { } rows) return await WithMoreAsync(http, form, typed, rows);

        // Whoever judges is told of all that the form shows, also of what the command does not ask about.
        if (form.Judged is not null && form.Version is { } version)
        {
            (typed, var since) = Moved.Onto(form, typed);
            if (since.Length > 0) return DeskPages.Form(http, form, typed, Refuse.StaleVersion(version), moved: since);
        }

        (refusal, var position, var waits) = await CommandAsync(http, address, form.Command(typed), typed);
        for (var again = 0; refusal is { Code: "stale-version" } && again < MostAgain; again++)
        {
            (form, var gone) = await AsItIsNowAsync(address, caller, typed, http.RequestAborted);
            if (form is null) return gone!.AsPage();
            (typed, var moved) = Moved.Onto(form, typed);
            if (moved.Length > 0) return DeskPages.Form(http, form, typed, refusal, moved: moved);
            // Nothing that the form shows has changed: a search was recorded meanwhile, or a wording.
            (refusal, position, waits) = await CommandAsync(http, address, form.Command(typed), typed);
        }

        if (refusal is null) return DeskPages.Onward($"{address.Desk}?recorded={position}&atLeast={position}&thing={Uri.EscapeDataString(form.ThingOf(typed) ?? "")}{(waits ? "&waits=true" : "")}");
        return refusal.Status switch
        {
            401 => DeskPages.SignIn(http, address.Page, typed, null),
            403 when Lack.Of(http, form.Needs, address.Agenda) is { } lack => DeskPages.SignIn(http, address.Page, typed, null, lack),
            _ => DeskPages.Form(http, form, typed, refusal),
        };
    }

    /// <summary>Who sends the form: whom it would be a command of.</summary>
    private async Task<Caller> CallerOfAsync(HttpContext http)
    {
        http.Features.Set(new OwnForm());
        var (caller, _) = await credentials.CallerOfAsync(http);
        http.Features.Set<OwnForm>(null);
        caller ??= Caller.Public;
        http.Features.Set(caller);
        return caller;
    }

    /// <summary>The same form with a row more: nothing is sent on, and nothing recorded.</summary>
    private async Task<IResult> WithMoreAsync(HttpContext http, DeskForm form, Typed typed, RowsField rows)
    {
        var (more, first) = rows.WithMore(typed.With(Typed.More, []));
        if (await sessions.CallerOfAsync(http) is not { } caller) return DeskPages.SignIn(http, form.At.Page, more, null);
        http.Features.Set(caller);
        return Lack.Of(http, form.Needs, form.At.Agenda) is { } lack
            ? DeskPages.SignIn(http, form.At.Page, more, null, lack)
            : DeskPages.Form(http, form, more, null, focus: first.Id);
    }

    /// <summary>The form once it shows another version than was sent: what was recorded a moment ago may not be readable yet.</summary>
    private async Task<(DeskForm? Form, Refusal? Refusal)> AsItIsNowAsync(DeskAddress address, Caller caller, Typed typed, CancellationToken ct)
    {
        for (var wait = 0; ; wait++)
        {
            var (form, refusal) = await forms.FindAsync(address, caller, ct);
            if (form is null || form.VersionText != typed.One(Typed.Version) || wait == MostWaits) return (form, refusal);
            await Task.Delay(Wait, ct);
        }
    }

    /// <summary>Sends the command on in this request's place, and reads what is answered.</summary>
    private async Task<(Refusal? Refusal, string? Position, bool Waits)> CommandAsync(HttpContext http, DeskAddress address, JsonObject command, Typed typed)
    {
        var (request, response) = (http.Request, http.Response);
        var (path, query, body, type, length, answerTo) = (request.Path, request.QueryString, request.Body, request.ContentType, request.ContentLength, response.Body);
        var bytes = WireJson.Bytes(command);
        using var answer = new MemoryStream();
        try
        {
            (request.Path, request.QueryString) = (address.Command, QueryString.Empty);
            (request.Body, request.ContentType, request.ContentLength) = (new MemoryStream(bytes), "application/json", bytes.Length);
            request.Headers.Remove("If-Match");
            if (typed.One(Typed.Version) is { Length: > 0 } version) request.Headers.IfMatch = $"\"{version}\"";
            if (typed.One(Typed.Once) is { Length: > 0 } once) request.Headers["Idempotency-Key"] = once;
            http.Features.Set(new OwnForm());
            response.Body = answer;
            await next(http);
        }
        finally
        {
            response.Body = answerTo;
            http.Features.Set<OwnForm>(null);
            request.Headers.Remove("If-Match");
            (request.Path, request.QueryString, request.Body, request.ContentType, request.ContentLength) = (path, query, body, type, length);
        }

        var (status, position) = (response.StatusCode, response.Headers[Answer.PositionHeader].ToString());
        var retryAfter = int.TryParse(response.Headers.RetryAfter, out var seconds) ? seconds : (int?)null;
        response.Clear();
        http.SetEndpoint(null);
        if (status is 200 or 201 or 202) return (null, position, status is 202);
        var problem = answer.Length > 0 ? JsonNode.Parse(answer.ToArray())?.AsObject() : null;
        return (new Refusal(status, (string?)problem?["code"] ?? "unreadable", (string?)problem?["detail"] ?? "")
        {
            RetryAfter = retryAfter,
            Errors = (problem?["errors"]?.AsObject() ?? []).ToImmutableSortedDictionary(
                x => x.Key, x => x.Value!.AsArray().Select(y => (string)y!).ToImmutableArray(), StringComparer.Ordinal),
        }, null, false);
    }
}
