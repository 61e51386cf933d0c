using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Tracker.Access;
using Tracker.Dashboard.Desk;
using Tracker.Recording;

namespace Tracker.Hosting;

/// <summary>Signing in at the issuer, with the authorization code flow and a proof key; where the service is a client of it.</summary>
internal static partial class SigningIn
{
    public static void AddSigningIn(this AuthenticationBuilder authentication, IConfiguration configuration)
    {
        if (configuration[IssuerSignIn.ClientSetting] is not { Length: > 0 } client) return;
        var authority = configuration[Settings.Authority]!;
        authentication.AddOpenIdConnect(options =>
        {
            options.Authority = authority;
            options.ClientId = client;
            options.ClientSecret = configuration[Settings.ClientSecret];
            options.CallbackPath = IssuerSignIn.BackPath;
            // No scheme signs in with a ticket: the session is ours, and begins in the event below.
            options.SignInScheme = IssuerSignIn.Scheme + ".None";
            options.ResponseType = OpenIdConnectResponseType.Code;
            options.ResponseMode = OpenIdConnectResponseMode.Query;
            options.UsePkce = true;
            options.PushedAuthorizationBehavior = PushedAuthorizationBehavior.Disable;
            options.MapInboundClaims = false;
            options.SaveTokens = false;
            // Who issued a token is part of whom it is about.
            options.ClaimActions.Clear();
            options.DisableTelemetry = true;
            options.BackchannelTimeout = TimeSpan.FromSeconds(5);
            options.RefreshInterval = TimeSpan.FromSeconds(Credentials.IssuerRestsSeconds);
            options.RequireHttpsMetadata = Tokens.MustBeHttps(authority);
            options.TokenValidationParameters = Tokens.Validation();
            // The way back begins at the issuer's site, so both must come along from there.
            options.CorrelationCookie.SameSite = options.NonceCookie.SameSite = SameSiteMode.Lax;
            options.CorrelationCookie.SecurePolicy = options.NonceCookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            options.CorrelationCookie.Name = options.NonceCookie.Name = "tracker_sign_in.";
            options.Events.OnRedirectToIdentityProvider = context =>
            {
                context.ProtocolMessage.RedirectUri = context.HttpContext.RequestServices.GetRequiredService<PublicAddress>().Of(context.Request) + IssuerSignIn.BackPath;
                return Task.CompletedTask;
            };
            options.Events.OnTicketReceived = async context =>
            {
                context.HandleResponse();
                var to = DeskPages.Ours(context.ReturnUri);
                var refusal = await context.HttpContext.RequestServices.GetRequiredService<IssuerSignIn>().BeginAsync(context.HttpContext, context.Principal!);
                await (refusal is null ? DeskPages.SignedIn(to) : DeskPages.SignIn(context.HttpContext, to, Typed.Nothing, refusal)).ExecuteAsync(context.HttpContext);
            };
            options.Events.OnRemoteFailure = async context =>
            {
                context.HandleResponse();
                // What went wrong by its kind alone: the words of an error may hold what was sent.
                LogFailure(context.HttpContext.RequestServices.GetRequiredService<ILogger<IssuerSignIn>>(), context.Failure?.GetType().Name ?? "none");
                var refusal = context.Failure is HttpRequestException or TaskCanceledException
                    ? new Refusal(503, "unavailable", Texts.IssuerAway) { RetryAfter = 2 }
                    : new Refusal(400, "bad-sign-in", Texts.IssuerDidNot);
                await DeskPages.SignIn(context.HttpContext, DeskPages.Ours(context.Properties?.RedirectUri), Typed.Nothing, refusal).ExecuteAsync(context.HttpContext);
            };
        });
    }

    /// <summary>Takes in whom the issuer sends back: by a GET, as the flow has it, and by nothing else.</summary>
    public static void UseSigningIn(this WebApplication app)
    {
        app.Use((http, next) =>
        {
            if (HttpMethods.IsGet(http.Request.Method) || !http.Request.Path.Equals(IssuerSignIn.BackPath, StringComparison.OrdinalIgnoreCase)) return next(http);
            http.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
            return Task.CompletedTask;
        });
        app.UseAuthentication();
    }

    [LoggerMessage(LogLevel.Information, "Somebody did not get signed in at the issuer ({Kind}).")]
    private static partial void LogFailure(ILogger log, string kind);
}
