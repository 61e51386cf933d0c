using System.Collections.Immutable;
using Tracker.Recording;

namespace Tracker.Delivery.Webhooks;

/// <summary>An address that is told of an agenda's news. It is no fact of the record: it may be taken away without a trace.</summary>
/// <param name="Id">What it is named by.</param>
/// <param name="Url">Where it is reached.</param>
/// <param name="Events">What it is told of.</param>
/// <param name="Contact">Who is told by e-mail when it is disabled.</param>
/// <param name="State">Whether anything is sent to it.</param>
/// <param name="RotatedAt">When its secret last changed.</param>
/// <param name="PreviousSecretUntil">Until when the secret before signs as well; null where only the one does.</param>
/// <param name="LastTriedAt">When something was last sent to it.</param>
/// <param name="LastStatus">What it answered then; null where it did not.</param>
/// <param name="LastDeliveredAt">When it last took something.</param>
/// <param name="FailingSince">Since when it has taken nothing that was sent; null where it took the last.</param>
/// <param name="DisabledAt">When it was disabled, because it failed for long, or said that it is gone.</param>
/// <param name="DisabledBecause">Why.</param>
public sealed record Webhook(
    string Id,
    string Url,
    ImmutableArray<Occasion> Events,
    string? Contact,
    WebhookState State,
    DateTimeOffset CreatedAt,
    DateTimeOffset? RotatedAt,
    DateTimeOffset? PreviousSecretUntil,
    DateTimeOffset? LastTriedAt,
    int? LastStatus,
    DateTimeOffset? LastDeliveredAt,
    DateTimeOffset? FailingSince,
    DateTimeOffset? DisabledAt,
    string? DisabledBecause);

/// <summary>Whether a webhook is told anything.</summary>
public enum WebhookState
{
    Active,

    /// <summary>Nothing is sent until it is enabled again; what waited for it was given up.</summary>
    Disabled,
}

/// <summary>The secret of a webhook: shown this once.</summary>
/// <param name="Secret"><c>whsec_</c> and base64, as Standard Webhooks has it.</param>
public sealed record WebhookSecret(string Secret);

/// <summary>A webhook with its secret, which is shown this once.</summary>
public abstract class WebhookWithSecret : Flat<Webhook, WebhookSecret>;

/// <summary>The webhooks of an agenda, the oldest first.</summary>
public sealed record WebhookList(string Agenda, IReadOnlyList<Webhook> Items);
