using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;
using Tracker.Delivery.Webhooks;
using Tracker.Recording;
using Tracker.Reports.Schedules;

namespace Tracker.Delivery.Mail;

/// <summary>
/// Carries mail to the SMTP server. What the server refuses for good is given up at once, what it refuses for now is tried again. When it was
/// handed the message and never answered, nobody knows whether it took it: it is not sent twice, unless on purpose.
/// </summary>
public sealed class MailCarrier(ReportMail mail, Recipients recipients, TimeProvider clock, MailRoute route, ILogger<MailCarrier> log) : ICarrier
{
    public string Channel => Channels.Email;

    public bool InOrder => false;

    public bool MayRepeat => false;

    public int AtOnce => 4;

    public TimeSpan Patience => TimeSpan.FromMinutes(2);

    public async Task<Carried> CarryAsync(Parcel parcel, CancellationToken ct)
    {
        if (route.Settings is not { } settings) return Carried.TryAgain($"Mail is not set up here: {MailSettings.Section}:Host is missing.");
        if (!MailboxAddress.TryParse(parcel.Destination, out var to)) return Carried.GiveUp("This is no address.");
        var (message, no) = await TryMakeAsync(parcel, settings, ct);
        if (message is null) return no!;
        message.From.Add(settings.From);
        message.To.Add(to);
        message.Date = clock.GetUtcNow();
        message.MessageId = $"{parcel.Id}@{settings.From.Domain}";
        message.Headers.Add(HeaderId.AutoSubmitted, "auto-generated");
        return await SendAsync(message, settings, ct);
    }

    /// <summary>Whatever goes wrong here, nothing was sent.</summary>
    private async Task<(MimeMessage?, Carried?)> TryMakeAsync(Parcel parcel, MailSettings settings, CancellationToken ct)
    {
        try
        {
            return await MessageAsync(parcel, settings, ct);
        }
        catch (Exception e)
        {
            if (e is not OperationCanceledException && !DatabaseErrors.IsAway(e)) log.LogError(e, "The mail of delivery {Id} cannot be made.", parcel.Id);
            return (null, Carried.TryAgain("The message could not be made."));
        }
    }

    private async Task<(MimeMessage?, Carried?)> MessageAsync(Parcel parcel, MailSettings settings, CancellationToken ct)
    {
        if (parcel.Kind == WebhookCarrier.DisabledKind) return (WebhookMail.Of(parcel), null);
        if (parcel.Kind != Words.Text(Occasion.ReportIssued)) return (null, Carried.GiveUp($"There is no mail of '{parcel.Kind}'."));
        var mailed = JsonSerializer.Deserialize<MailedReport>(parcel.Body, WireJson.Options)!;
        if (await recipients.FindAsync(mailed.Recipient, ct) is not { } recipient) return (null, Carried.Unwanted("The address was forgotten."));
        if (recipient.UnsubscribedAt is { } since) return (null, Carried.Unwanted($"The recipient wants no more of this mail, since {Instants.Text(since)}."));
        var (message, refusal) = await mail.WriteAsync(parcel, mailed, recipient, settings.From, ct);
        return (message, refusal is null ? null : refusal.Status is 503 ? Carried.TryAgain(refusal.Detail) : Carried.GiveUp(refusal.Detail));
    }

    private static async Task<Carried> SendAsync(MimeMessage message, MailSettings settings, CancellationToken ct)
    {
        var talk = new Talk();
        using var smtp = new SmtpClient(talk);
        if (settings.Roots is { } roots) smtp.ServerCertificateValidationCallback = (_, certificate, chain, errors) => IsOf(roots, certificate, chain, errors);
        try
        {
            await smtp.ConnectAsync(settings.Host, settings.Port, settings.Security, ct);
            // In one piece after DATA, so that it is known what was handed over.
            smtp.Capabilities &= ~SmtpCapabilities.Chunking;
            if (settings is { User: { } user, Password: { } password }) await smtp.AuthenticateAsync(user, password, ct);
            talk.Begins();
            var answer = await smtp.SendAsync(message, ct);
            await EndAsync(smtp, ct);
            return Carried.Delivered(250, answer);
        }
        catch (SmtpCommandException e) when (talk.HasBegun)
        {
            var (status, error) = ((int)e.StatusCode, $"{Refused(e.ErrorCode)}: {(int)e.StatusCode} {e.Message}");
            // Who we are is ours to set right, and no fault of the recipient's.
            return status >= 500 && e.ErrorCode is not SmtpErrorCode.SenderNotAccepted ? Carried.GiveUp(error, status, e.Message) : Carried.TryAgain(error, status, e.Message);
        }
        catch (Exception e) when (talk.HandedOver)
        {
            return Carried.Uncertain($"The message was handed over, and no answer came. {e.Message}");
        }
        catch (SslHandshakeException e)
        {
            return Carried.TryAgain($"There is no encrypted connection to the mail server: {Untrusted(e)}");
        }
        catch (Exception e)
        {
            return Carried.TryAgain(ct.IsCancellationRequested ? $"The mail server did not answer in time, {talk.Stage}." : $"{e.GetType().Name}, {talk.Stage}: {e.Message}", (e as SmtpCommandException) is { } refused ? (int)refused.StatusCode : null);
        }
    }

    /// <summary>Whether a server's certificate is for the server, and issued by one of these.</summary>
    private static bool IsOf(X509Certificate2Collection roots, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (certificate is null || (errors & ~SslPolicyErrors.RemoteCertificateChainErrors) != 0) return false;
        using var own = new X509Chain { ChainPolicy = { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck } };
        own.ChainPolicy.CustomTrustStore.AddRange(roots);
        own.ChainPolicy.ApplicationPolicy.Add(new Oid("1.3.6.1.5.5.7.3.1", "Server Authentication"));
        if (chain is not null) own.ChainPolicy.ExtraStore.AddRange(chain.ChainPolicy.ExtraStore);
        using var it = new X509Certificate2(certificate);
        return own.Build(it);
    }

    /// <summary>Why there is no encrypted connection, in a line: the library says it in a letter.</summary>
    private static string Untrusted(SslHandshakeException e) =>
        e.ServerCertificate is { } certificate ? $"its certificate is not trusted ({certificate.Subject}, issued by {certificate.Issuer})." : e.InnerException?.Message ?? e.Message.Split('\n')[0];

    /// <summary>What was accepted is accepted, whatever becomes of the farewell.</summary>
    private static async Task EndAsync(SmtpClient smtp, CancellationToken ct)
    {
        try
        {
            await smtp.DisconnectAsync(quit: true, ct);
        }
        catch (Exception e) when (e is IOException or ProtocolException or OperationCanceledException or System.Net.Sockets.SocketException)
        {
        }
    }

    private static string Refused(SmtpErrorCode code) => code switch
    {
        SmtpErrorCode.RecipientNotAccepted => "The recipient was refused",
        SmtpErrorCode.SenderNotAccepted => "The sender was refused",
        SmtpErrorCode.MessageNotAccepted => "The message was refused",
        _ => "The mail server refused",
    };

    /// <summary>Listens to the conversation, to know how far it came. It keeps none of it: there is a password in it.</summary>
    private sealed class Talk : IProtocolLogger
    {
        // An answer begins where the one before ended.
        private string _before = "\n";

        public bool HasBegun { get; private set; }

        /// <summary>Whether the server asked for the message: from then on it may have it.</summary>
        public bool HandedOver { get; private set; }

        public string Stage => HandedOver ? "after the message" : HasBegun ? "before the message" : "on connecting";

        public IAuthenticationSecretDetector? AuthenticationSecretDetector { get; set; }

        public void Begins() => HasBegun = true;

        public void LogConnect(Uri uri) { }

        public void LogClient(byte[] buffer, int offset, int count) { }

        public void LogServer(byte[] buffer, int offset, int count)
        {
            // Answers may come together, or in parts; that to DATA begins its line.
            if (!HasBegun) return;
            var said = _before + System.Text.Encoding.ASCII.GetString(buffer, offset, count);
            if (said.Contains("\n354", StringComparison.Ordinal)) HandedOver = true;
            _before = said[^Math.Min(said.Length, 3)..];
        }

        public void Dispose() { }
    }
}

/// <summary>Where mail goes out; nowhere, where it is not set up.</summary>
public sealed record MailRoute(MailSettings? Settings);
