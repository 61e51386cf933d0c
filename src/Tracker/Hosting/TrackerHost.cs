using System.Reflection;
using JasperFx.CodeGeneration;
using Marten;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.Hosting.Server;
using Npgsql;
using Tracker.Access;
using Tracker.Boards;
using Tracker.Boards.Changes;
using Tracker.Boards.Divergences;
using Tracker.Boards.History;
using Tracker.Boards.Known;
using Tracker.Boards.Timelines;
using Tracker.Delivery;
using Tracker.Delivery.Mail;
using Tracker.Delivery.Webhooks;
using Tracker.Embeds;
using Tracker.Exchange;
using Tracker.Feeds;
using Tracker.Proposals;
using Tracker.Recording;
using Tracker.Reports;
using Tracker.Reports.Schedules;
using Wolverine;
using Wolverine.Http;

namespace Tracker.Hosting;

/// <summary>Puts the parts together: what every process of ours consists of, whether it serves, answers one command or is under test.</summary>
public static class TrackerHost
{
    public const string DefaultAddress = "http://localhost:5080";

    /// <summary>Builds the application on a database that is open.</summary>
    /// <param name="args">The command line: settings, <c>--urls</c>.</param>
    /// <param name="database">The database; the application does not dispose it.</param>
    /// <param name="configure">What a test puts in the place of what is real: a clock, an address.</param>
    /// <param name="serves">Whether it is built to serve: whoever only looks at it does no work of a node, and makes no key that nobody would be shown.</param>
    public static WebApplication Build(string[] args, Database database, Action<WebApplicationBuilder>? configure = null, bool serves = true)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            Args = args,
            ApplicationName = typeof(TrackerHost).Assembly.GetName().Name,
            ContentRootPath = AppContext.BaseDirectory,
        });
        if (string.IsNullOrEmpty(builder.Configuration["urls"]) && builder.Configuration["HTTP_PORTS"] is null && builder.Configuration["HTTPS_PORTS"] is null)
            builder.WebHost.UseUrls(DefaultAddress);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        Add(builder, database);
        builder.Services.AddWeb(builder.Configuration);
        if (serves) builder.Services.AddNodeWork();
        configure?.Invoke(builder);

        var app = builder.Build();
        if (serves) SchemaLog.Take(app.Services.GetRequiredService<IDocumentStore>());
        app.UseWeb();
        return app;
    }

    /// <summary>Builds the same without the web: what a command needs.</summary>
    public static IHost BuildWithoutWeb(string[] args, Database database)
    {
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { Args = args, ContentRootPath = AppContext.BaseDirectory });
        Add(builder, database);
        builder.Services.AddWolverineHttp();
        var host = builder.Build();
        SchemaLog.Take(host.Services.GetRequiredService<IDocumentStore>());
        return host;
    }

    /// <summary>What a node does by itself. A command does none of it: it is over too soon, and whoever reads a board does not issue a report by that.</summary>
    private static IServiceCollection AddNodeWork(this IServiceCollection services) => services
        .AddHostedService(provider => provider.GetRequiredService<FirstKey>())
        .AddHostedService<IssuerCheck>()
        .AddHostedService<DailyTick>()
        .AddHostedService<ScheduleTick>()
        .AddHostedService<Postman>();

    private static void Add(IHostApplicationBuilder builder, Database database)
    {
        Settings.Check(builder.Configuration);
        builder.Configuration.AddInMemoryCollection([KeyValuePair.Create(Seeds.Setting, (string?)WantsSeeds(builder.Configuration, database).ToString())]);
        builder.Logging.ClearProviders().AddLevels();
        builder.Services.AddSingleton(database);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(new PublicAddress(builder.Configuration));
        builder.Services.AddSingleton<NpgsqlDataSource>(_ => ToPrimary(database.ConnectionString));
        builder.Services.AddSingleton(_ => new RecordingConnections(Preparing(database.ConnectionString, RecordingConnections.Name, RecordingConnections.Most)));
        builder.Services.AddSingleton(_ => new ChangeLogConnections(Preparing(database.ConnectionString, ChangeLogConnections.Name, ChangeLogConnections.Most)));
        builder.Services.AddEventStore();
        builder.Services.AddAccess(builder.Configuration, database).AddReading().AddRecording().AddReports().AddDelivery(builder.Configuration).AddEmbeds();
        builder.UseWolverine(wolverine => Configure(wolverine, alone: database.Embedded is not null || database.Running is not null));
    }

    /// <summary>Connections that keep what they have prepared, and hold nobody up for long where this node stops in the middle of a transaction.</summary>
    private static NpgsqlDataSource Preparing(string connectionString, string name, int most) => ToPrimary(connectionString, source =>
    {
        var settings = source.ConnectionStringBuilder;
        settings.ApplicationName = $"{settings.ApplicationName ?? "tracker"} {name}";
        (settings.MaxPoolSize, settings.MaxAutoPrepare, settings.AutoPrepareMinUsages, settings.NoResetOnClose) = (most, 100, 2, true);
        // What is looked for here is found by an index: a plan that is made while tables are small must not read them whole when they have grown.
        const string Settings = $"set enable_seqscan = off; set jit = off; set idle_in_transaction_session_timeout = '{RecordingConnections.LongestIdle}'";
        source.UsePhysicalConnectionInitializer(
            connection =>
            {
                using var command = new NpgsqlCommand(Settings, connection);
                command.ExecuteNonQuery();
            },
            async connection =>
            {
                await using var command = new NpgsqlCommand(Settings, connection);
                await command.ExecuteNonQueryAsync();
            });
    });

    /// <summary>Connections to whichever host of those that are named takes writes.</summary>
    private static NpgsqlDataSource ToPrimary(string connectionString, Action<NpgsqlDataSourceBuilder>? configure = null)
    {
        var source = new NpgsqlDataSourceBuilder(connectionString);
        configure?.Invoke(source);
        // A host that was away is asked again soon; by default it would be passed over for ten seconds.
        var settings = source.ConnectionStringBuilder;
        if (!settings.ShouldSerialize("Host Recheck Seconds")) settings.HostRecheckSeconds = 1;
        // The only host is never passed over: one connection that breaks says nothing of the next.
        if (!settings.Host!.Contains(',', StringComparison.Ordinal) && settings.TargetSessionAttributes is null) return source.Build();
        return source.BuildMultiHost().WithTargetSession(TargetSessionAttributes.Primary);
    }

    private static IServiceCollection AddRecording(this IServiceCollection services) => services
        .AddSingleton<IFindResting, RestingInTables>()
        .AddSingleton<ITellReach, ReachInTables>()
        .AddSingleton(new KnownTablesWriter(EventStore.Tables))
        .AddSingleton<IEnterTables>(provider => provider.GetRequiredService<KnownTablesWriter>())
        .AddSingleton<UnknownEventsIndex>()
        .AddSingleton<TablesFiller>()
        .AddHostedService(provider => provider.GetRequiredService<TablesFiller>())
        .AddSingleton<IRedactCopies, RedactKeptAnswers>()
        .AddSingleton<IRedactCopies, RedactOlderTables>()
        .AddSingleton<IRedactCopies, RedactChangeReasons>()
        .AddSingleton<IRedactCopies, RedactDeliveries>()
        .AddSingleton<IRedactCopies, RedactProposals>()
        .AddSingleton<RecordingTransactions>()
        .AddSingleton<Recorder>()
        .AddSingleton<Intake>()
        .AddSingleton<RepeatsExpiry>()
        .AddHostedService(provider => provider.GetRequiredService<RepeatsExpiry>());

    private static IServiceCollection AddAccess(this IServiceCollection services, IConfiguration configuration, Database database) => services
        .AddSealing(configuration, database)
        .AddSingleton<Principals>()
        .AddSingleton<IPrincipalNames>(provider => provider.GetRequiredService<Principals>())
        .AddSingleton<ICoderRegistry>(provider => provider.GetRequiredService<Principals>())
        .AddSingleton<KeyRing>()
        .AddSingleton<ProtectionKeys>()
        .AddSingleton<RoleClaims>()
        .AddSingleton<Sessions>()
        .AddSingleton<Forgetting>()
        .AddSingleton<IEraseAddresses>(provider => provider.GetRequiredService<Recipients>())
        .AddSingleton<IEraseAddresses, EraseDeliveryAddresses>()
        .AddSingleton<IssuerSignIn>()
        .AddSingleton<Credentials>()
        .AddSingleton<ICallerLookup>(provider => provider.GetRequiredService<Credentials>())
        .AddSingleton<FirstKey>();

    /// <summary>What is sealed by one node, another opens. What it is sealed with lies encrypted, where there is something to encrypt it with.</summary>
    private static IServiceCollection AddSealing(this IServiceCollection services, IConfiguration configuration, Database database)
    {
        // Before the framework looks at the keys.
        services.AddHostedService<KeyEncryptionCheck>();
        var protection = services.AddDataProtection().SetApplicationName("Tracker");
        services.AddOptions<KeyManagementOptions>().Configure<ProtectionKeys, IEnumerable<IServer>>((options, keys, servers) =>
        {
            options.XmlRepository = keys;
            // A command, which may not know of the certificate, leaves no key behind.
            options.AutoGenerateKeys = servers.Any();
        });
        if (!ReferenceEquals(database, Database.None) && ProtectionCertificate.Of(configuration, database) is { } certificate) protection.ProtectKeysWithCertificate(certificate);
        return services;
    }

    private static IServiceCollection AddReading(this IServiceCollection services) => services
        .AddSingleton<Announcements>()
        .AddHostedService(provider => provider.GetRequiredService<Announcements>())
        .AddSingleton<AnnouncedPositions>()
        .AddSingleton(provider => new AgendaHeads(provider.GetRequiredService<NpgsqlDataSource>(), KnownTables.Recordings, provider.GetRequiredService<KnownEvents>()))
        .AddSingleton<HeldAgendas>()
        .AddSingleton<KeptAnswers>()
        .AddSingleton<Moments>()
        .AddSingleton<ReadTimeout>()
        .AddSingleton<ReadAccess>()
        .AddSingleton<BoardReader>()
        .AddSingleton<AnswerReader>()
        .AddSingleton<TimelineReader>()
        .AddSingleton<DivergenceReader>()
        .AddSingleton<AgendaReader>()
        .AddSingleton<CommitmentReader>()
        .AddSingleton<RecordReader>()
        .AddSingleton<ChangeReader>()
        .AddSingleton<LiveStreams>()
        .AddSingleton<LiveFeeds>()
        .AddSingleton<HistoryReader>()
        .AddSingleton<Calendar>()
        .AddSingleton<ChangeLog>()
        .AddHostedService(provider => provider.GetRequiredService<ChangeLog>())
        .AddSingleton<Export>()
        .AddHostedService<Seeds>();

    private static IServiceCollection AddReports(this IServiceCollection services) => services
        .AddSingleton<ReportWriter>()
        .AddSingleton<ReportReader>()
        .AddSingleton<ReportShelf>()
        .AddSingleton(new AnnouncedOn(ReportTables.Schedules.Channel!))
        .AddSingleton<Recipients>()
        .AddSingleton<UnsubscribeTokens>()
        .AddSingleton<Deliveries>()
        .AddSingleton<ScheduleReader>()
        .AddSingleton<Timetable>();

    private static IServiceCollection AddDelivery(this IServiceCollection services, IConfiguration configuration) => services
        .AddSingleton(new AnnouncedOn(Outbox.Channel))
        .AddSingleton<Outbox>()
        .AddSingleton<IEnqueueDeliveries, EnqueueDeliveries>()
        .AddSingleton<IDeliver, ScheduleDeliveries>()
        // Looked at when the program starts, not when the first mail goes out.
        .AddSingleton(new MailRoute(MailSettings.Of(configuration)))
        .AddSingleton<ReportMail>()
        .AddSingleton<IAddress, ReportRecipients>()
        .AddSingleton<ICarrier, MailCarrier>()
        .AddSingleton<DeliveryReader>()
        .AddSingleton<WebhookRegister>()
        .AddSingleton<CloudEvents>()
        .AddSingleton<IAddress, WebhookSubscribers>()
        .AddSingleton<IAddress, ScheduledWebhooks>()
        .AddSingleton<ICarrier, WebhookCarrier>();

    private static IServiceCollection AddEmbeds(this IServiceCollection services) => services
        .AddSingleton<BoardPictures>()
        .AddSingleton<FeedIds>()
        .AddSingleton<FeedReader>()
        .AddSingleton<DueDates>();

    private static void Configure(WolverineOptions wolverine, bool alone)
    {
        wolverine.ApplicationAssembly = Assembly.GetExecutingAssembly();
        wolverine.ServiceName = "tracker";
        wolverine.Durability.Mode = alone ? DurabilityMode.Solo : DurabilityMode.Balanced;
#if PREGENERATED
        wolverine.CodeGeneration.TypeLoadMode = TypeLoadMode.Static;
#else
        wolverine.CodeGeneration.TypeLoadMode = TypeLoadMode.Dynamic;
        // Of many hosts in one process, as tests start them, the first compiles for all.
        wolverine.CodeGeneration.ReuseCompiledAssemblies = true;
#endif
    }

    private static bool WantsSeeds(IConfiguration configuration, Database database) =>
        configuration.GetValue<bool?>(Seeds.Setting) ?? database.Embedded is not null;
}
