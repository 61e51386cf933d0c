using System.Globalization;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Tracker.Access;
using Tracker.Dashboard.Desk;
using Tracker.Dashboard.Frame;
using Tracker.Recording;

namespace Tracker.Hosting;

/// <summary>
/// How much one caller may ask for: a bucket of requests for each key, and a smaller one for each address that comes without one; and of what
/// takes long, so much at once. Bad credentials are counted with the address, so guessing is slow.
/// </summary>
internal static class Limits
{
    /// <summary>Requests a second for an address without a credential, and ten times as many at once.</summary>
    public const string AddressSetting = "Tracker:Limits:PerAddress";

    /// <summary>Requests a second for a principal, and ten times as many at once.</summary>
    public const string KeySetting = "Tracker:Limits:PerKey";

    /// <summary>How many requests that take long one caller may have under way on a node; all callers together eight times as many.</summary>
    public const string CostlySetting = "Tracker:Limits:Costly";

    public static IServiceCollection AddLimits(this IServiceCollection services, IConfiguration configuration)
    {
        var (perAddress, perKey) = (configuration.GetValue(AddressSetting, 1_000), configuration.GetValue(KeySetting, 5_000));
        var costly = new CostlyPolicy(configuration.GetValue(CostlySetting, 8));
        var requests = PartitionedRateLimiter.Create<HttpContext, string>(http => http.Features.Get<Caller>() switch
        {
            // Nobody knows yet who it is: what is done before that has a bucket of its own, which readers do not empty.
            null => Bucket("unknown " + http.Asker(), perAddress),
            { Principal: null } => Bucket(http.Asker(), perAddress),
            _ => Bucket(http.Asker(), perKey),
        });
        services.Configure<KestrelServerOptions>(kestrel => kestrel.Limits.MaxRequestBodySize = BodySizes.Batch);
        services.Configure<FormOptions>(form => (form.ValueLengthLimit, form.MultipartBodyLengthLimit) = (BodySizes.CarriedForm, BodySizes.CarriedForm));
        services.AddSingleton(_ => requests);
        services.AddSingleton(_ => costly);
        return services.AddRateLimiter(limiter =>
        {
            limiter.GlobalLimiter = requests;
            limiter.OnRejected = (rejected, _) => new(AsAsked(rejected.HttpContext.Request, TooMany(rejected.Lease)).ExecuteAsync(rejected.HttpContext));
            limiter.AddPolicy(Costly.Policy, costly);
        });
    }

    /// <summary>A form of the desk is read before it is known whose it is: so it is counted with the address it comes from.</summary>
    public static void UseLimitOfForms(this WebApplication app)
    {
        var limiter = app.Services.GetRequiredService<PartitionedRateLimiter<HttpContext>>();
        app.Use(async (http, next) =>
        {
            if (!HttpMethods.IsPost(http.Request.Method) || DeskAddress.Of(http.Request.Path.Value) is null)
            {
                await next(http);
                return;
            }

            using var lease = limiter.AttemptAcquire(http);
            if (lease.IsAcquired) await next(http);
            else await TooMany(lease).AsPage().ExecuteAsync(http);
        });
    }

    public static void UseLimits(this WebApplication app)
    {
        app.UseRateLimiter();
        // No text in the database can hold it, so nothing there is found by it.
        app.Use((http, next) =>
        {
            if (!HoldsNull(http.Request)) return next(http);
            var refusal = Refuse.Unreadable("An address must not hold U+0000.", http.Request.Query.FirstOrDefault(x => x.Value.Any(value => value?.Contains((char)0) == true)).Key);
            return AsAsked(http.Request, refusal).ExecuteAsync(http);
        });
    }

    private static Refusal TooMany(RateLimitLease lease)
    {
        var seconds = lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? Math.Max((int)Math.Ceiling(after.TotalSeconds), 1) : 1;
        return Refuse.TooMany("Too many requests.", seconds);
    }

    private static IResult AsAsked(HttpRequest request, Refusal refusal) => request.WantsPage() ? refusal.AsPage(request.Path) : refusal.Answered();

    private static bool HoldsNull(HttpRequest request) =>
        request.Path.Value?.Contains('\0', StringComparison.Ordinal) == true
        || (request.QueryString.HasValue && request.Query.Any(x => x.Key.Contains('\0', StringComparison.Ordinal) || x.Value.Any(value => value?.Contains('\0', StringComparison.Ordinal) == true)));

    private static RateLimitPartition<string> Bucket(string name, int perSecond) =>
        RateLimitPartition.GetTokenBucketLimiter(name, _ => new TokenBucketRateLimiterOptions
        {
            TokenLimit = perSecond * 10,
            TokensPerPeriod = perSecond,
            ReplenishmentPeriod = TimeSpan.FromSeconds(1),
            AutoReplenishment = true,
        });

    /// <summary>So much at once for each caller, and in all.</summary>
    private sealed class CostlyPolicy(int each) : IRateLimiterPolicy<string>, IDisposable
    {
        private const int Callers = 8;

        private readonly ConcurrencyLimiter _all = new(new() { PermitLimit = each * Callers });

        public Func<OnRejectedContext, CancellationToken, ValueTask> OnRejected => (rejected, _) => new(AsAsked(rejected.HttpContext.Request, Refuse.TooMany(
            string.Create(CultureInfo.InvariantCulture, $"Too many long-running requests at once: at most {each} for each caller, and {each * Callers} in all."), 2)).ExecuteAsync(rejected.HttpContext));

        public RateLimitPartition<string> GetPartition(HttpContext httpContext) =>
            RateLimitPartition.Get(httpContext.Asker(), _ => RateLimiter.CreateChained(new ConcurrencyLimiter(new() { PermitLimit = each }), _all));

        public void Dispose() => _all.Dispose();
    }
}
