using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Tracker.Recording;

namespace Tracker.Reports.Schedules;

/// <summary>Whom a schedule's reports go to: one of an e-mail address, and a webhook of the agenda by its id.</summary>
public sealed record DeliverTo(string? Email = null, string? Webhook = null);

/// <summary>What a schedule asks of those who deliver.</summary>
public interface IDeliver
{
    /// <summary>Which of these ids are webhooks of the agenda.</summary>
    Task<IReadOnlySet<string>> WebhooksAsync(string agenda, IReadOnlyCollection<string> ids, CancellationToken ct);

    /// <summary>How many deliveries of each schedule's reports fail, and why: tried in vain and tried again, or given up and not resent since.</summary>
    Task<IReadOnlyDictionary<string, FailingDeliveries>> FailingAsync(string agenda, CancellationToken ct);

    /// <summary>The setting without which no mail goes out; null where mail is set up.</summary>
    string? MissingForMail { get; }
}

/// <summary>Deliveries of a schedule's reports that fail.</summary>
/// <param name="Because">What went wrong with the latest of them; it may name an address.</param>
public sealed record FailingDeliveries(int Count, string Because);

/// <summary>Turns what a command says of deliveries into what the record keeps of them.</summary>
public sealed partial class Deliveries(Recipients recipients, IDeliver deliver)
{
    /// <summary>The ids that the record keeps; where anything is wrong it is among the problems, and nothing is kept.</summary>
    public async Task<(ImmutableArray<string> Recipients, ImmutableArray<string> Webhooks)> ReadAsync(
        Problems problems, string agenda, DeliverTo[] deliveries, CancellationToken ct)
    {
        var webhooks = deliveries.Where(x => x is { Email: null, Webhook: not null }).Select(x => x.Webhook!).ToArray();
        var known = webhooks.Length == 0 ? new HashSet<string>() : await deliver.WebhooksAsync(agenda, webhooks, ct);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < deliveries.Length; i++)
        {
            var at = problems.At("deliver", i);
            switch (deliveries[i])
            {
                case { Email: { } address, Webhook: null }:
                    if (!IsAddress(address)) at.Add("email", "bad-email", $"'email' must be one address, such as desk@example.org.{InAscii(address)}");
                    else if (deliver.MissingForMail is { } setting)
                        at.Add("email", "mail-not-set-up", $"This service sends no mail, so it cannot deliver to '{address}': '{setting}' is not set. Set up mail, or deliver to a webhook.");
                    else if (!seen.Add(Recipients.Fold(address))) at.Add("email", "repeated", $"'deliver' names '{address}' twice.");
                    break;
                case { Email: null, Webhook: { } webhook }:
                    if (!known.Contains(webhook)) at.Add("webhook", "unknown-webhook", $"The agenda has no webhook '{webhook}'.");
                    else if (!seen.Add(webhook)) at.Add("webhook", "repeated", $"'deliver' names '{webhook}' twice.");
                    break;
                default:
                    at.Add("", "bad-delivery", "A delivery is to an 'email' or to a 'webhook', and to one of them.");
                    break;
            }
        }

        if (problems.Any) return ([], []);
        if (await recipients.OfAsync(agenda, [.. deliveries.Where(x => x.Email is not null).Select(x => x.Email!)], ct) is { } ids) return (ids, [.. webhooks]);
        return ([], [.. webhooks]);
    }

    /// <summary>What to write for an address whose domain is beyond ASCII.</summary>
    private static string InAscii(string address)
    {
        var at = address.LastIndexOf('@');
        if (at < 1 || Ascii.IsValid(address)) return "";
        if (!Ascii.IsValid(address.AsSpan(0, at))) return $" '{address}' has letters beyond ASCII before its @, which many mail systems do not take.";
        try
        {
            return $" Its domain has a form in ASCII: write {address[..(at + 1)]}{new IdnMapping().GetAscii(address, at + 1)}";
        }
        catch (ArgumentException)
        {
            return $" '{address[(at + 1)..]}' is no domain.";
        }
    }

    /// <summary>The forms, each once.</summary>
    public static ImmutableArray<ReportFormat> ReadFormats(Problems problems, string[] formats)
    {
        problems.Texts("formats", formats);
        return [.. formats.Select((x, i) => problems.At("formats", i).Word<ReportFormat>("", x, "bad-format"))];
    }

    private static bool IsAddress(string text) => text.Length <= 254 && Address().IsMatch(text);

    /// <summary>What mail systems take everywhere (RFC 5321, without quoted names and literal addresses).</summary>
    [GeneratedRegex("^(?=[^@]{1,64}@)[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*@([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\\.)*[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\\z", RegexOptions.CultureInvariant)]
    private static partial Regex Address();
}
