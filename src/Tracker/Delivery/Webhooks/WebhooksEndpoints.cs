using Tracker.Boards;
using Tracker.Boards.Known;
using Tracker.Recording;
using Wolverine.Http;

namespace Tracker.Delivery.Webhooks;

/// <summary>The webhooks there are, without their secrets; what was sent to each; their secrets renewed, themselves enabled again, their end.</summary>
public static class WebhooksEndpoints
{
    [WolverineGet("/api/v1/agendas/{a}/webhooks"), Needs(Right.Publish)]
    [Operation("listWebhooks", "The webhooks there are", Gives = typeof(WebhookList))]
    public static async Task<IResult> List(string a, [NotBody] WebhookRegister webhooks, [NotBody] Moments moments, CancellationToken ct) =>
        await moments.LineAsync(a, ct) is null ? Refuse.NotFound("agenda", a).Answered() : DeliveryAnswer.Of(new WebhookList(a, await webhooks.ListAsync(a, ct)));

    [WolverineGet("/api/v1/agendas/{a}/webhooks/{w}"), Needs(Right.Publish)]
    [Operation("readWebhook", "One webhook", Gives = typeof(Webhook))]
    public static async Task<IResult> One(string a, string w, [NotBody] WebhookRegister webhooks, CancellationToken ct) =>
        await webhooks.FindAsync(a, w, ct) is { } webhook ? DeliveryAnswer.Of(webhook) : NotFound(w);

    /// <summary>Nothing more is sent to it, and what was is forgotten.</summary>
    [WolverineDelete("/api/v1/agendas/{a}/webhooks/{w}"), Needs(Right.Publish)]
    [Operation("deleteWebhook", "Takes a webhook away", Status = 204)]
    public static async Task<IResult> Delete(string a, string w, [NotBody] WebhookRegister webhooks, CancellationToken ct) =>
        await webhooks.DeleteAsync(a, w, ct) ? Results.NoContent() : NotFound(w);

    /// <summary>Makes another secret and shows it, once. For 24 hours the one before signs beside it, so that a receiver can change over in peace.</summary>
    [WolverinePost("/api/v1/agendas/{a}/webhooks/{w}/secret/rotation"), Needs(Right.Publish)]
    [Operation("rotateWebhookSecret", "Makes another secret", Gives = typeof(WebhookWithSecret))]
    public static async Task<IResult> Rotate(string a, string w, [NotBody] WebhookRegister webhooks, CancellationToken ct)
    {
        var secret = SigningSecret.Make();
        return await webhooks.RotateAsync(a, w, secret, ct) is { } webhook ? DeliveryAnswer.Of(Flat.Of(webhook, new WebhookSecret(secret.Text))) : NotFound(w);
    }

    /// <summary>Has things sent to it again that are recorded from now on.</summary>
    [WolverinePost("/api/v1/agendas/{a}/webhooks/{w}/enabling"), Needs(Right.Publish)]
    [Operation("enableWebhook", "Enables a webhook that was disabled", Gives = typeof(Webhook))]
    [Query("resend", typeof(bool), "Whether what was given up is sent as well, in its order.")]
    public static async Task<IResult> Enable(string a, string w, HttpRequest request, [NotBody] WebhookRegister webhooks, CancellationToken ct)
    {
        var resend = request.One("resend");
        if (resend is not (null or "true" or "false")) return Refuse.NotOfForm("resend", "true or false", resend).Answered();
        return await webhooks.EnableAsync(a, w, resend is "true", ct) is { } webhook ? DeliveryAnswer.Of(webhook) : NotFound(w);
    }

    [WolverineGet("/api/v1/agendas/{a}/webhooks/{w}/deliveries"), Needs(Right.Publish)]
    [Operation("listDeliveries", "What was sent to a webhook, the newest first", Gives = typeof(DeliveryList))]
    [Query("limit", typeof(int), "How many at most: from 1 to 1000, and 100 where it is not given.")]
    [Query("after", typeof(string), "The `next` of the part before: opaque.")]
    public static async Task<IResult> Deliveries(string a, string w, HttpRequest request, [NotBody] WebhookRegister webhooks, [NotBody] DeliveryReader deliveries, CancellationToken ct)
    {
        var (asked, refusal) = DeliveriesAsked.Of(request);
        if (asked is null) return refusal!.Answered();
        return await webhooks.FindAsync(a, w, ct) is null ? NotFound(w) : DeliveryAnswer.Of(await deliveries.ToAsync(a, Channels.Webhook, w, asked, ct));
    }

    /// <summary>Sends again what was delivered or given up, with the same <c>webhook-id</c>: behind what waits.</summary>
    [WolverinePost("/api/v1/agendas/{a}/webhooks/{w}/deliveries/{d}/redelivery"), Needs(Right.Publish)]
    [Operation("resendDelivery", "Sends something to a webhook again", Gives = typeof(Delivery), Refuses = ["409 disabled", "409 under-way"])]
    public static async Task<IResult> Resend(
        string a, string w, string d, [NotBody] WebhookRegister webhooks, [NotBody] DeliveryReader deliveries, [NotBody] Outbox outbox, CancellationToken ct)
    {
        if (await webhooks.FindAsync(a, w, ct) is not { } webhook) return NotFound(w);
        if (!Guid.TryParse(d, out var id) || await deliveries.FindAsync(a, id, ct) is not { } delivery || (delivery.Channel, delivery.Destination) != (Channels.Webhook, w))
            return Refuse.NotFound("delivery", d).Answered();
        if (webhook.State is WebhookState.Disabled) return Refuse.Conflict("disabled", "The webhook is disabled. Enable it first.").Answered();
        if (!await outbox.ResendAsync(a, id, ct)) return Refuse.Conflict("under-way", "It is on its way, or will be tried again by itself.").Answered();
        return await deliveries.FindAsync(a, id, ct) is { } again ? DeliveryAnswer.Of(again) : Refuse.NotFound("delivery", d).Answered();
    }

    private static IResult NotFound(string webhook) => Refuse.NotFound("webhook", webhook).Answered();
}
