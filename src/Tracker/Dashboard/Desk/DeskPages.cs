using Microsoft.AspNetCore.Antiforgery;
using Tracker.Access;
using Tracker.Dashboard.Frame;
using Tracker.Recording;

namespace Tracker.Dashboard.Desk;

/// <summary>Pages that can be sent back to us: each with a token that no other site can know.</summary>
internal static class DeskPages
{
    /// <summary>Whether somebody may see anything of the desk of an agenda, its forms and what they offer: who has a role there that records.</summary>
    public static bool MaySee(Caller caller, string agenda) => caller.May(Right.Code, agenda);

    /// <summary>
    /// What stands in the way of who asks at the desk, before anything is looked up: null for who may see it. All others are asked to sign in, by one answer
    /// whatever there is at the address, and whether there is such an agenda.
    /// </summary>
    /// <param name="to">Where to go afterwards.</param>
    /// <param name="typed">What was typed there; kept for then.</param>
    /// <param name="refusal">What is wrong besides.</param>
    public static IResult? Shut(HttpContext http, string agenda, string to, Typed typed, Refusal? refusal = null) =>
        MaySee(http.Caller(), agenda) ? null : SignIn(http, to, typed, refusal, refusal is null ? Lack.Of(http, Right.Code, agenda) : null);

    /// <summary>To an address of ours, wherever the service is.</summary>
    public static IResult Onward(string to) => Results.LocalRedirect("~" + to);

    /// <param name="refusal">What is wrong with what was typed.</param>
    /// <param name="focus">The id of the field to go on at.</param>
    /// <param name="moved">What was changed since the form was opened.</param>
    public static IResult Form(HttpContext http, DeskForm form, Typed typed, Refusal? refusal, bool signedInAgain = false, string? focus = null, params Moved[] moved) =>
        new PageAnswer<FormPage>(refusal?.Status ?? 200, 0, new()
        {
            [nameof(FormPage.Form)] = form,
            [nameof(FormPage.TypedIn)] = typed,
            [nameof(FormPage.Refusal)] = refusal,
            [nameof(FormPage.Focus)] = focus,
            [nameof(FormPage.Moved)] = moved,
            [nameof(FormPage.Closed)] = form.WhyNot(http.Caller()),
            [nameof(FormPage.SignedInAgain)] = signedInAgain,
            [nameof(FormPage.Token)] = TokenFor(http),
            [nameof(FormPage.Once)] = typed.One(Typed.Once) is { Length: > 0 } once && refusal is not { Code: "key-reused" } ? once : Guid.CreateVersion7().ToString(),
        })
        { Personal = true, RetryAfter = refusal?.RetryAfter };

    /// <param name="to">Where to go afterwards: an address of ours.</param>
    /// <param name="typed">What was typed there; kept for then.</param>
    /// <param name="lack">What somebody who is signed in lacks for it.</param>
    public static IResult SignIn(HttpContext http, string to, Typed typed, Refusal? refusal, Lack? lack = null) =>
        SignIn(http, refusal?.Status ?? (lack is not null ? 403 : typed == Typed.Nothing ? 200 : 401), to, typed, refusal, lack);

    /// <summary>Instead of a page that is not for everybody: who signs in gets there.</summary>
    public static IResult Closed(HttpContext http) => SignIn(http, 401, Ours(http.Request.Path + http.Request.QueryString.Value), Typed.Nothing, null, null);

    private static PageAnswer<SignInPage> SignIn(HttpContext http, int status, string to, Typed typed, Refusal? refusal, Lack? lack) =>
        new(status, 0, new()
        {
            [nameof(SignInPage.IsOpen)] = http.RequestServices.GetRequiredService<IConfiguration>().GetValue("Tracker:PublicRead", true),
            [nameof(SignInPage.Lack)] = lack,
            [nameof(SignInPage.To)] = to,
            [nameof(SignInPage.Kept)] = typed,
            [nameof(SignInPage.Refusal)] = refusal,
            [nameof(SignInPage.Token)] = TokenFor(http),
            [nameof(SignInPage.Issuer)] = http.RequestServices.GetRequiredService<IssuerSignIn>().Name,
        })
        { Personal = true, RetryAfter = refusal?.RetryAfter };

    /// <summary>
    /// A page on the way to where somebody wanted to go. A browser keeps a strict cookie back while it follows a redirect that began at
    /// another site; from a page of ours it sends it.
    /// </summary>
    public static IResult SignedIn(string to) => new PageAnswer<SignedInPage>(200, 0, new() { [nameof(SignedInPage.To)] = to }) { Personal = true };

    /// <summary>An address of ours, and of nobody else's.</summary>
    public static string Ours(string? to) => to is ['/', ..] && !to.StartsWith("//", StringComparison.Ordinal) && !to.Contains('\\', StringComparison.Ordinal) && to.All(x => x is > ' ' and <= '~') ? to : "/";

    public static string TokenFor(HttpContext http) => http.RequestServices.GetRequiredService<IAntiforgery>().GetAndStoreTokens(http).RequestToken!;
}
