using Tracker.Access;
using Tracker.Boards;
using Tracker.Boards.Known;
using Tracker.Dashboard.Frame;
using Tracker.Recording;
using Tracker.Reports.Schedules;
using Wolverine.Http;

namespace Tracker.Dashboard.Unsubscribing;

/// <summary>
/// Where the link in a mail leads: asks whether somebody wants no more of it, and takes that in. Mail programs post there by themselves when
/// their user says so (RFC 8058); looking alone changes nothing, because programs look at every link.
/// </summary>
public static class UnsubscribeEndpoints
{
    [WolverineGet("/unsubscribe/{token}"), OpenToAll]
    public static Task<IResult> Get(string token, [NotBody] UnsubscribeTokens tokens, [NotBody] Recipients recipients, [NotBody] RecordReader record, CancellationToken ct) =>
        ShowAsync(token, tokens, recipients, record, ct);

    [WolverinePost("/unsubscribe/{token}"), OpenToAll]
    public static async Task<IResult> Post(
        string token, [NotBody] UnsubscribeTokens tokens, [NotBody] Recipients recipients, [NotBody] RecordReader record, [NotBody] TimeProvider clock, CancellationToken ct)
    {
        if (tokens.Read(token) is { } id) await recipients.UnsubscribeAsync(id, clock.GetUtcNow(), ct);
        return await ShowAsync(token, tokens, recipients, record, ct);
    }

    private static async Task<IResult> ShowAsync(string token, UnsubscribeTokens tokens, Recipients recipients, RecordReader record, CancellationToken ct)
    {
        if (tokens.Read(token) is not { } id || await recipients.FindAsync(id, ct) is not { } recipient) return new Refusal(404, "not-found", Texts.UnsubscribeUnknown).AsOwnPage();
        var (agenda, _, _) = await record.OneAsync(KnownTables.Agendas, "agenda", recipient.Agenda, recipient.Agenda, new ReadAt(), ct);
        return new PageAnswer<UnsubscribePage>(200, 0, new()
        {
            [nameof(UnsubscribePage.Recipient)] = recipient,
            [nameof(UnsubscribePage.Address)] = $"/unsubscribe/{token}",
            [nameof(UnsubscribePage.Agenda)] = agenda?.Title ?? recipient.Agenda,
        })
        { Personal = true };
    }
}
