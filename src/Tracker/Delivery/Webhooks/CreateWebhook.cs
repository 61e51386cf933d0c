using System.Collections.Immutable;
using System.Net;
using System.Net.Mail;
using Tracker.Boards;
using Tracker.Boards.Known;
using Tracker.Recording;
using Wolverine.Http;

namespace Tracker.Delivery.Webhooks;

/// <summary>
/// Has an address told of an agenda's news from now on: CloudEvents in JSON, signed by Standard Webhooks. The answer shows the secret, once.
/// </summary>
/// <param name="Url">An https address, without credentials and without a fragment. Inner addresses are refused, when it is given and at each delivery.</param>
/// <param name="Events">What it is told of; none where it is told only of the reports of schedules that name it.</param>
/// <param name="Secret">A secret to use rather than make one: <c>whsec_</c> and 24 to 64 bytes in base64.</param>
/// <param name="Contact">Who is told by e-mail when it is disabled.</param>
public sealed record CreateWebhook(string Url, string[] Events, string? Secret = null, string? Contact = null)
{
    private const int MaxUrl = 2_000, MaxContact = 254;

    /// <summary>What is to be made, or problems.</summary>
    public (ImmutableArray<Occasion> Events, SigningSecret Secret) Read(Problems problems, bool allowsInner)
    {
        if (!IsAddress(Url, allowsInner)) problems.Add("url", "bad-url", $"'url' must be an absolute https address of at most {MaxUrl} characters, without credentials or fragment, that leads to the public Internet.");
        problems.Texts("events", Events);
        ImmutableArray<Occasion> events = [.. Events.Select((x, i) => problems.At("events", i).Word<Occasion>("", x, "bad-event"))];
        if (Contact is not null && !IsContact(Contact)) problems.Add("contact", "bad-email", "'contact' must be an e-mail address.");
        var secret = Secret is null ? SigningSecret.Make() : SigningSecret.Parse(Secret);
        if (secret is null) problems.Add("secret", "bad-secret", $"'secret' must be {SigningSecret.Prefix} and {SigningSecret.MinBytes} to {SigningSecret.MaxBytes} bytes in base64.");
        return (events, secret!);
    }

    private static bool IsAddress(string text, bool allowsInner) =>
        text.Length <= MaxUrl && !text.Any(x => char.IsControl(x) || char.IsWhiteSpace(x)) && Uri.TryCreate(text, UriKind.Absolute, out var url)
        && (url.Scheme == Uri.UriSchemeHttps || (allowsInner && url.Scheme == Uri.UriSchemeHttp)) && url.Host.Length > 0
        && url.UserInfo.Length == 0 && !text.Contains('#', StringComparison.Ordinal)
        && (allowsInner || !IPAddress.TryParse(url.DnsSafeHost, out var address) || Outbound.IsPublic(address));

    private static bool IsContact(string text) =>
        text.Length <= MaxContact && !text.Any(x => char.IsControl(x) || char.IsWhiteSpace(x)) && MailAddress.TryCreate(text, out var address) && address.Address == text;
}

public static class CreateWebhookEndpoint
{
    private const int MaxBody = 64 * 1024;

    [WolverinePost("/api/v1/agendas/{a}/webhooks"), Needs(Right.Publish)]
    [Operation("createWebhook", "Makes a webhook", Takes = typeof(CreateWebhook), Gives = typeof(WebhookWithSecret), Status = 201,
        Refuses = ["409 too-many-webhooks"])]
    public static async Task<IResult> Post(
        string a, HttpContext http, [NotBody] WebhookRegister webhooks, [NotBody] Moments moments, [NotBody] IConfiguration configuration, CancellationToken ct)
    {
        var (body, refusal) = await Intake.ReadBodyAsync(http.Request, MaxBody, ct);
        if (refusal is not null) return refusal.Answered();
        (var command, refusal) = WireJson.Read<CreateWebhook>(body);
        if (refusal is not null) return refusal.Answered();
        var problems = new Problems();
        var (events, secret) = command!.Read(problems, WebhookCarrier.AllowsInner(configuration));
        if (problems.Any) return problems.Refusal().Answered();
        if (await moments.LineAsync(a, ct) is null) return Refuse.NotFound("agenda", a).Answered();
        return await webhooks.MakeAsync(a, command.Url, events, command.Contact, secret, http.Caller().Principal!, ct) is { } webhook
            ? DeliveryAnswer.Of(Flat.Of(webhook, new WebhookSecret(secret.Text)), 201, $"/api/v1/agendas/{a}/webhooks/{webhook.Id}")
            : Refuse.Conflict("too-many-webhooks", $"An agenda may have {WebhookRegister.MaxOfAgenda} webhooks.").Answered();
    }
}
