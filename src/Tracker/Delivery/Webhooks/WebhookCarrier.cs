using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Npgsql;
using Tracker.Recording;

namespace Tracker.Delivery.Webhooks;

/// <summary>
/// Posts news to webhooks, signed by Standard Webhooks. An answer of 2xx is delivered; 410 disables the webhook, as does failing for long;
/// all else is tried again. What may have arrived is sent again with the same <c>webhook-id</c>, so that the receiver can tell.
/// </summary>
public sealed class WebhookCarrier : ICarrier, IDisposable
{
    /// <summary>Whether webhooks may lead to inner addresses, and without TLS: for receivers in one's own network, and under test.</summary>
    public const string InnerSetting = "Tracker:Webhooks:AllowInner";

    /// <summary>Where mail is set up, those who asked for it are told when their webhook is disabled.</summary>
    public const string MailSetting = "Tracker:Mail:Host";

    /// <summary>What a parcel by e-mail is about that tells of a disabled webhook.</summary>
    public const string DisabledKind = "webhookDisabled";

    private const int ExcerptBytes = 1_024;

    /// <summary>For how long a webhook may take nothing before it is disabled.</summary>
    private static readonly TimeSpan LongFailure = TimeSpan.FromDays(5);

    /// <summary>… and how often the last parcel must have failed by then: not one that comes after a month without news.</summary>
    private const int TriesOfLongFailure = 6;

    private readonly WebhookRegister _webhooks;
    private readonly Outbox _outbox;
    private readonly TimeProvider _clock;
    private readonly ILogger _log;
    private readonly HttpClient _http;
    private readonly bool _tellsByMail;

    public WebhookCarrier(WebhookRegister webhooks, Outbox outbox, IConfiguration configuration, TimeProvider clock, ILogger<WebhookCarrier> log)
    {
        (_webhooks, _outbox, _clock, _log) = (webhooks, outbox, clock, log);
        _tellsByMail = configuration[MailSetting] is { Length: > 0 };
        _http = new HttpClient(Outbound.Handler(AllowsInner(configuration) ? _ => true : null)) { Timeout = Timeout.InfiniteTimeSpan };
        _http.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("Tracker", typeof(WebhookCarrier).Assembly.GetName().Version!.ToString(3)));
    }

    public string Channel => Channels.Webhook;

    public bool InOrder => true;

    public bool MayRepeat => true;

    public int AtOnce => 128;

    public TimeSpan Patience { get; } = TimeSpan.FromSeconds(15);

    internal static bool AllowsInner(IConfiguration configuration) => configuration.GetValue(InnerSetting, false);

    public async Task<Carried> CarryAsync(Parcel parcel, CancellationToken ct)
    {
        if (await _webhooks.AddressAsync(parcel.Destination, ct) is not var (url, isActive, secrets)) return Carried.GiveUp("The webhook is no more.");
        if (!isActive) return Carried.GiveUp("The webhook is disabled.");

        var (id, at) = (parcel.Id.ToString(), _clock.GetUtcNow().ToUnixTimeSeconds());
        using var request = new HttpRequestMessage(HttpMethod.Post, url)
        {
            Content = new ByteArrayContent(Encoding.UTF8.GetBytes(parcel.Body)) { Headers = { ContentType = new(CloudEvents.Media, "utf-8") } },
        };
        request.Headers.Add("webhook-id", id);
        request.Headers.Add("webhook-timestamp", at.ToString(CultureInfo.InvariantCulture));
        request.Headers.Add("webhook-signature", string.Join(' ', secrets.Select(x => x.Sign(id, at, parcel.Body))));
        try
        {
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
            return Answered(response, await ExcerptAsync(response, ct));
        }
        catch (HttpRequestException e)
        {
            return Carried.TryAgain(Reason(e));
        }
    }

    public async Task NoteAsync(NpgsqlConnection connection, Parcel parcel, Carried carried)
    {
        // It was not tried: there is nothing to note of it.
        if (carried is { Outcome: Outcome.GiveUp, Status: null }) return;
        var isGone = carried.Status is (int)HttpStatusCode.Gone;
        await using var batch = new NpgsqlBatch(connection);
        batch.Add($"""
            update {WebhookRegister.TableName}
            set last_tried_at = coalesce($4, now()), last_status = $3, last_delivered_at = case when $2 then coalesce($4, now()) else last_delivered_at end,
                failing_since = case when $2 then null else coalesce(failing_since, $4, now()) end
            where id = $1
            """, parcel.Destination, carried.Outcome is Outcome.Delivered, carried.Status, _clock.ForDatabase());
        batch.Add($"""
            update {WebhookRegister.TableName} set state = 'disabled', disabled_at = coalesce($5, now()), disabled_because = $4
            where id = $1 and state = 'active' and ($2 or ($3 >= {TriesOfLongFailure} and failing_since <= coalesce($5, now()) - $6))
            returning contact, url, failing_since, disabled_at
            """, parcel.Destination, isGone, parcel.Try,
            isGone ? "It answered 410: it is gone." : FormattableString.Invariant($"It has taken nothing for {LongFailure.TotalDays:0} days. The last was: {carried.Error}"),
            _clock.ForDatabase(), LongFailure);
        (string? Contact, WebhookDisabled Told)? disabled = null;
        await using (var reader = await batch.ExecuteReaderAsync())
            if (await reader.ReadAsync())
                disabled = (reader.IsDBNull(0) ? null : reader.GetString(0),
                    new WebhookDisabled(parcel.Destination, reader.GetString(1), carried.Error!, reader.GetFieldValue<DateTimeOffset>(2), reader.GetFieldValue<DateTimeOffset>(3)));
        if (disabled is not var (contact, told)) return;

        _log.LogWarning("Webhook {Id} of '{Agenda}' is disabled: {Error}", parcel.Destination, parcel.Agenda, carried.Error);
        await using var after = new NpgsqlBatch(connection);
        after.Add($"""
            update {DeliveryTables.Deliveries} set state = 'dead', settled_at = coalesce($3, now()), next_at = null, last_error = 'The webhook was disabled.'
            where agenda = $1 and channel = '{Channels.Webhook}' and destination = $2 and state = 'waiting'
            """, parcel.Agenda, parcel.Destination, _clock.ForDatabase());
        if (contact is not null && _tellsByMail)
            _outbox.Put(after, new Parcel(parcel.Agenda, Channels.Email, contact, $"{parcel.Destination}@{told.DisabledAt.ToUnixTimeSeconds()}", DisabledKind,
                Encoding.UTF8.GetString(WireJson.Bytes(told))));
        await after.ExecuteNonQueryAsync();
    }

    public void Dispose() => _http.Dispose();

    private Carried Answered(HttpResponseMessage response, string? excerpt)
    {
        var status = (int)response.StatusCode;
        return status switch
        {
            >= 200 and < 300 => Carried.Delivered(status, excerpt),
            410 => Carried.GiveUp("It answered 410: it is gone.", status, excerpt),
            >= 300 and < 400 => Carried.TryAgain(FormattableString.Invariant($"It answered {status}, and redirects are not followed."), status, excerpt),
            _ => Carried.TryAgain(FormattableString.Invariant($"It answered {status}."), status, excerpt) with { NotBefore = NotBefore(response) },
        };
    }

    private TimeSpan? NotBefore(HttpResponseMessage response) =>
        response.Headers.RetryAfter is { } after ? after.Delta ?? after.Date - _clock.GetUtcNow() : null;

    /// <summary>The beginning of the answer, as far as it came.</summary>
    private static async Task<string?> ExcerptAsync(HttpResponseMessage response, CancellationToken ct)
    {
        var bytes = new byte[ExcerptBytes];
        var length = 0;
        try
        {
            await using var body = await response.Content.ReadAsStreamAsync(ct);
            for (int read; length < bytes.Length && (read = await body.ReadAsync(bytes.AsMemory(length), ct)) > 0;) length += read;
        }
        catch (Exception e) when (e is IOException or HttpRequestException or OperationCanceledException)
        {
            // The status has been said; of its words we keep what came.
        }

        // No text in the database can hold U+0000; the last letter may have been cut through.
        var text = Encoding.UTF8.GetString(bytes, 0, length).Replace('\0', '\uFFFD').TrimEnd('\uFFFD');
        return text.Length == 0 ? null : text;
    }

    /// <summary>What went wrong, without the words of libraries.</summary>
    private static string Reason(HttpRequestException e) => e switch
    {
        { InnerException: InnerAddressException } => "Its name leads to no public address.",
        { HttpRequestError: HttpRequestError.NameResolutionError } or { InnerException: System.Net.Sockets.SocketException { SocketErrorCode: System.Net.Sockets.SocketError.HostNotFound or System.Net.Sockets.SocketError.NoData or System.Net.Sockets.SocketError.TryAgain } } => "Its name cannot be resolved.",
        { HttpRequestError: HttpRequestError.SecureConnectionError } => "No secure connection could be made: its certificate is not valid, or it speaks no TLS.",
        { HttpRequestError: HttpRequestError.ConnectionError } => "It could not be connected to.",
        { HttpRequestError: HttpRequestError.ResponseEnded } => "It closed the connection without an answer.",
        _ => "It did not answer as HTTP has it.",
    };
}

/// <summary>That a webhook was disabled: what its contact is told.</summary>
/// <param name="Because">What went wrong last.</param>
public sealed record WebhookDisabled(string Webhook, string Url, string Because, DateTimeOffset FailingSince, DateTimeOffset DisabledAt);
