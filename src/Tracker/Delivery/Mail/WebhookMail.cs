using System.Text.Json;
using MimeKit;
using Tracker.Delivery.Webhooks;
using Tracker.Languages;
using Tracker.Recording;

namespace Tracker.Delivery.Mail;

/// <summary>Tells whoever looks after a webhook that it was disabled, and why.</summary>
internal static class WebhookMail
{
    public static MimeMessage Of(Parcel parcel)
    {
        var told = JsonSerializer.Deserialize<WebhookDisabled>(parcel.Body, WireJson.Options)!;
        return new MimeMessage
        {
            Subject = Texts.MailWebhookDisabledSubject,
            Body = new TextPart("plain")
            {
                Text = Texts.MailWebhookDisabled(told.Webhook, parcel.Agenda, told.Url, told.Because, DayWords.Of(told.FailingSince), DayWords.Of(told.DisabledAt)),
            },
        };
    }
}
