using System.Collections.Immutable;
using Npgsql;
using Tracker.Recording;
using Tracker.Reports;
using Tracker.Reports.Schedules;

namespace Tracker.Delivery.Mail;

/// <summary>Whom a scheduled report is mailed to: those its schedule named when it was issued, but for whoever has unsubscribed.</summary>
public sealed class ReportRecipients(Recipients recipients) : IAddress
{
    public async Task<IReadOnlyList<Parcel>> ParcelsAsync(NpgsqlConnection connection, string agenda, IReadOnlyList<News> news, CancellationToken ct)
    {
        var parcels = new List<Parcel>();
        foreach (var x in news)
        {
            if (x.Report?.Schedule is not { } name || await AsItWasAsync(connection, agenda, name, x.Position, ct) is not { Recipients.IsEmpty: false } schedule) continue;
            var known = await recipients.OnAsync(agenda, ct);
            foreach (var id in schedule.Recipients)
                if (known.GetValueOrDefault(id) is { UnsubscribedAt: null } recipient)
                    parcels.Add(new Parcel(agenda, Channels.Email, recipient.Address, x.Report.Slug, Words.Text(Occasion.ReportIssued), WireText(new MailedReport(id, name, schedule.Formats))));
        }

        return parcels;
    }

    /// <summary>A schedule as a recording found it.</summary>
    internal static async Task<Schedule?> AsItWasAsync(NpgsqlConnection connection, string agenda, string name, long position, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand($"select body, version from {ReportTables.Schedules.Name} where agenda = $1 and name = $2 and known_from <= $3 and known_to > $3", connection);
        command.Parameters.Add(new() { Value = agenda });
        command.Parameters.Add(new() { Value = name });
        command.Parameters.Add(new() { Value = position });
        await using var reader = await command.ExecuteReaderAsync(ct);
        return await reader.ReadAsync(ct) ? ReportTables.Schedules.ReadBody(reader.GetString(0), reader.GetInt64(1)) : null;
    }

    private static string WireText(MailedReport mailed) => System.Text.Encoding.UTF8.GetString(WireJson.Bytes(mailed));
}

/// <summary>What a parcel says of the mail to be made: the report is its key.</summary>
/// <param name="Recipient">Whose it is, by id.</param>
/// <param name="Schedule">By which schedule.</param>
/// <param name="Formats">The forms that come along.</param>
public sealed record MailedReport(string Recipient, string Schedule, ImmutableArray<ReportFormat> Formats);
