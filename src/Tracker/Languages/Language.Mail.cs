namespace Tracker.Languages;

public partial class Language
{
    public virtual string Unsubscribe => "Unsubscribe";
    public virtual string UnsubscribeTitle => "No more of this mail?";
    public virtual string UnsubscribedTitle => "You are unsubscribed";
    public virtual string UnsubscribeUnknown => "This link is not one of ours, or was cut off on its way.";
    public virtual string UnsubscribeAsk(string address, string agenda) => $"{address} gets reports on “{agenda}”. Shall it get none from now on?";
    public virtual string UnsubscribeDone(string address, string agenda) => $"{address} gets no more reports on “{agenda}”. Whoever publishes it can see this, and cannot undo it.";
    public virtual string MailReadOnline => "Read it on the web";
    public virtual string MailWhy(string agenda) => $"You get this because your address is on a schedule of reports on “{agenda}”.";
    public virtual string MailLate => "This report comes late: nothing was running at its time. It says what was known then.";
    public virtual string MailUnsubscribeByMail(string address) => $"To get no more, write to {address}.";
    public virtual string MailWebhookDisabledSubject => "A webhook was disabled";
    public virtual string MailWebhookDisabled(string webhook, string agenda, string url, string because, string since, string at) =>
        $"The webhook {webhook} of '{agenda}' was disabled on {at}: nothing more is sent to it.\n\n{url}\n{because}\nFailing since {since}.\n\nWhen it works again, whoever publishes the agenda can enable it, and have resent what it missed.\n";
}
