using Tracker.Boards.Known;
using Tracker.Recording;
using Wolverine.Http;

namespace Tracker.Delivery;

/// <summary>What did not arrive and is not tried again, and sending it again on purpose, or seeing to it otherwise.</summary>
public static class DeadLettersEndpoints
{
    [WolverineGet("/api/v1/agendas/{a}/dead-letters"), Needs(Right.Publish)]
    [Operation("listDeadLetters", "What did not arrive and was given up, the newest first", Gives = typeof(DeliveryList))]
    [Query("limit", typeof(int), "How many at most: from 1 to 1000, and 100 where it is not given.")]
    [Query("after", typeof(string), "The `next` of the part before: opaque.")]
    public static async Task<IResult> List(string a, HttpRequest request, [NotBody] DeliveryReader deliveries, [NotBody] Moments moments, CancellationToken ct)
    {
        var (asked, refusal) = DeliveriesAsked.Of(request);
        if (asked is null) return refusal!.Answered();
        if (await moments.LineAsync(a, ct) is null) return Refuse.NotFound("agenda", a).Answered();
        return DeliveryAnswer.Of(await deliveries.DeadAsync(a, asked, ct));
    }

    [WolverineGet("/api/v1/agendas/{a}/dead-letters/{d}"), Needs(Right.Publish)]
    [Operation("readDeadLetter", "What did not arrive and was given up", Gives = typeof(Delivery))]
    public static async Task<IResult> One(string a, string d, [NotBody] DeliveryReader deliveries, CancellationToken ct) =>
        Guid.TryParse(d, out var id) && await deliveries.FindAsync(a, id, ct) is { State: DeliveryState.Dead } dead
            ? DeliveryAnswer.Of(dead)
            : Refuse.NotFound("dead letter", d).Answered();

    [WolverinePost("/api/v1/agendas/{a}/dead-letters/{d}/redelivery"), Needs(Right.Publish)]
    [Operation("resendDeadLetter", "Sends again what was given up", Gives = typeof(Delivery))]
    public static async Task<IResult> Resend(string a, string d, [NotBody] DeliveryReader deliveries, [NotBody] Outbox outbox, CancellationToken ct) =>
        Guid.TryParse(d, out var id) && await deliveries.FindAsync(a, id, ct) is { State: DeliveryState.Dead } && await outbox.ResendAsync(a, id, ct)
            && await deliveries.FindAsync(a, id, ct) is { } again
            ? DeliveryAnswer.Of(again)
            : Refuse.NotFound("dead letter", d).Answered();

    [WolverinePost("/api/v1/agendas/{a}/dead-letters/{d}/dismissal"), Needs(Right.Publish)]
    [Operation("dismissDeadLetter", "Sends no more of what was given up: it is seen to otherwise", Gives = typeof(Delivery))]
    public static async Task<IResult> Dismiss(string a, string d, [NotBody] DeliveryReader deliveries, [NotBody] Outbox outbox, CancellationToken ct) =>
        Guid.TryParse(d, out var id) && await outbox.DismissAsync(a, id, ct) && await deliveries.FindAsync(a, id, ct) is { } dismissed
            ? DeliveryAnswer.Of(dismissed)
            : Refuse.NotFound("dead letter", d).Answered();
}

/// <summary>An answer about deliveries: of no recording, and so of one version.</summary>
internal static class DeliveryAnswer
{
    public static IResult Of<T>(T view, int status = 200, string? location = null)
    {
        var body = WireJson.Bytes(view);
        return new Answer(status, Answer.TagOf(1, body), location, null, body);
    }
}
