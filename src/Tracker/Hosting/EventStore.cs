using System.Collections.Immutable;
using System.Text.Json;
using JasperFx;
using JasperFx.Events;
using Marten;
using Npgsql;
using Tracker.Access;
using Tracker.Activities;
using Tracker.Agendas;
using Tracker.Boards.Changes;
using Tracker.Boards.Known;
using Tracker.Commitments;
using Tracker.Delivery;
using Tracker.Delivery.Webhooks;
using Tracker.Evidence;
using Tracker.Legacy;
using Tracker.Proposals;
using Tracker.Recording;
using Tracker.Reports;
using Tracker.Reports.Schedules;
using Tracker.Sources;
using Weasel.Core;
using Wolverine.Marten;
using Wolverine.Persistence.Durability;
using Wolverine.RDBMS.MultiTenancy;

namespace Tracker.Hosting;

/// <summary>The event store: its schema, and the permanent names of its events.</summary>
public static class EventStore
{
    public const string Schema = "tracker";

    /// <summary>What each event is called in the store, for ever. A class may be renamed; these may not.</summary>
    public static IReadOnlyDictionary<Type, string> EventNames { get; } = new Dictionary<Type, string>
    {
        [typeof(AgendaOpened)] = "agenda_opened",
        [typeof(AgendaCorrected)] = "agenda_corrected",
        [typeof(MilestoneAdded)] = "milestone_added",
        [typeof(CoverageStated)] = "coverage_stated",
        [typeof(CoverageReinstated)] = "coverage_reinstated",
        [typeof(CoverageWithdrawn)] = "coverage_withdrawn",
        [typeof(MilestoneCorrected)] = "milestone_corrected",
        [typeof(MilestoneWithdrawn)] = "milestone_withdrawn",
        [typeof(MilestoneReinstated)] = "milestone_reinstated",
        [typeof(DayReached)] = "day_reached",
        [typeof(SourceRecorded)] = "source_recorded",
        [typeof(SourceCorrected)] = "source_corrected",
        [typeof(SourceWithdrawn)] = "source_withdrawn",
        [typeof(SourceReinstated)] = "source_reinstated",
        [typeof(CommitmentMade)] = "commitment_made",
        [typeof(CommitmentCorrected)] = "commitment_corrected",
        [typeof(CommitmentWithdrawn)] = "commitment_withdrawn",
        [typeof(CommitmentReinstated)] = "commitment_reinstated",
        [typeof(ClauseAdded)] = "clause_added",
        [typeof(ClauseCorrected)] = "clause_corrected",
        [typeof(SearchRecorded)] = "search_recorded",
        [typeof(SearchWithdrawn)] = "search_withdrawn",
        [typeof(SearchReinstated)] = "search_reinstated",
        [typeof(ActivityRecorded)] = "activity_recorded",
        [typeof(ActivityCorrected)] = "activity_corrected",
        [typeof(ActivityWithdrawn)] = "activity_withdrawn",
        [typeof(ActivityReinstated)] = "activity_reinstated",
        [typeof(EvidenceProposed)] = "evidence_proposed",
        [typeof(EvidenceAccepted)] = "evidence_accepted",
        [typeof(EvidenceRejected)] = "evidence_rejected",
        [typeof(EvidenceRecoded)] = "evidence_recoded",
        [typeof(EvidenceRetracted)] = "evidence_retracted",
        [typeof(ActivityCorrectionProposed)] = "activity_correction_proposed",
        [typeof(ActivityWithdrawalProposed)] = "activity_withdrawal_proposed",
        [typeof(CommitmentCorrectionProposed)] = "commitment_correction_proposed",
        [typeof(CommitmentWithdrawalProposed)] = "commitment_withdrawal_proposed",
        [typeof(ProposalAccepted)] = "proposal_accepted",
        [typeof(ProposalRejected)] = "proposal_rejected",
        [typeof(ReportIssued)] = "report_issued",
        [typeof(TextRedacted)] = "text_redacted",
        [typeof(OccurrencesPassedOver)] = "occurrences_passed_over",
        [typeof(ReportRetracted)] = "report_retracted",
        [typeof(ScheduleMade)] = "schedule_made",
        [typeof(ScheduleCorrected)] = "schedule_corrected",
        [typeof(SchedulePaused)] = "schedule_paused",
        [typeof(ScheduleResumed)] = "schedule_resumed",
    };

    /// <summary>Everything that is kept as it was known when.</summary>
    internal static ImmutableArray<KnownTable> Tables { get; } = [.. KnownTables.All, ReportTables.Reports, ReportTables.Schedules];

    public static IServiceCollection AddEventStore(this IServiceCollection services)
    {
        foreach (var shape in RetiredShape.All) services.AddSingleton(shape);
        services.AddSingleton(provider => new KnownEvents([.. EventNames.Values, .. provider.GetServices<RetiredShape>().Select(x => x.StoredName)]));
        services.AddMarten(provider =>
            {
                var store = new StoreOptions();
                Configure(store, provider.GetRequiredService<NpgsqlDataSource>());
                foreach (var shape in provider.GetServices<RetiredShape>()) shape.TellTo(new Upcasts(store));
                store.Storage.Add(new MessageTables(provider.GetRequiredService<IMessageStore>));
                return store;
            })
            // Its tables are the store's to bring up.
            .IntegrateWithWolverine(wolverine => wolverine.AutoCreate = AutoCreate.None)
            .ApplyAllDatabaseChangesOnStartup();
        services.Remove(services.Single(x => x.ImplementationType == typeof(MessageDatabaseDiscovery)));
        return services;
    }

    internal static void Configure(StoreOptions store, NpgsqlDataSource database)
    {
        store.Connection(database);
        store.DatabaseSchemaName = Schema;
        // Nothing but a start changes the schema, or whoever asks for it at the terminal: never a command that happens to look first.
        store.AutoCreateSchemaObjects = AutoCreate.None;
        // Marten has its own mind about names and enumerations; events are written as the API writes.
        store.UseSystemTextJsonForSerialization(new JsonSerializerOptions(WireJson.Options), EnumStorage.AsString, Casing.CamelCase,
            json => json.Converters.Insert(0, WireJson.EnumWords));

        // What failed is tried again by the recorder, from its beginning: within a transaction that has ended nothing can be written or read.
        store.ConfigureWritePolly(_ => { });
        store.ConfigurePolly(_ => { });

        var events = store.Events;
        events.StreamIdentity = StreamIdentity.AsString;
        // The recorder takes the instant from the database under the agenda's lock, and hands it over with the event.
        events.AppendMode = EventAppendMode.QuickWithServerTimestamps;
        events.UseMandatoryStreamTypeDeclaration = true;
        events.MetadataConfig.HeadersEnabled = true;
        events.MetadataConfig.UserNameEnabled = true;
        events.MetadataConfig.CorrelationIdEnabled = true;
        events.MetadataConfig.CausationIdEnabled = true;
        foreach (var (type, name) in EventNames) events.MapEventType(type, name);

        foreach (var table in OwnTables()) store.Storage.ExtendedSchemaObjects.Add(table);
    }

    /// <summary>The tables that are ours, whoever keeps them. Among them is the one that has all others only added to.</summary>
    internal static ISchemaObject[] OwnTables() =>
    [
        .. AgendaLine.Tables(), .. Tables.Select(x => x.Definition()), KnownTables.RecordingsDefinition(), .. ChangeTables.Definitions(), .. DeliveryTables.Definitions(),
        WebhookRegister.Definition(), Principals.Definition(), KeyRing.Definition(), Sessions.Definition(), ProtectionKeys.Definition(), Recipients.Definition(),
    ];

    private sealed class Upcasts(StoreOptions store) : IReadRetired
    {
        public void Read<TOld, TNew>(string storedName, Func<TOld, TNew> read) where TOld : class where TNew : class => store.Events.Upcast(storedName, read);
    }
}
