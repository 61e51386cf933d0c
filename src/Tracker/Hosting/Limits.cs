using System.Globalization;
using System.Threading.RateLimiting;
using Tracker.Access;
using Tracker.Dashboard.Frame;
using Tracker.Recording;

namespace Tracker.Hosting;

/// <summary>
/// How much one caller may ask for: a bucket of requests for each key, and a smaller one for each address that comes without one.
/// Bad credentials are counted with the address, so guessing is slow.
/// </summary>
internal static class Limits
{
    /// <summary>Requests a second for an address without a credential, and ten times as many at once.</summary>
    public const string AddressSetting = "Tracker:Limits:PerAddress";

    /// <summary>Requests a second for a principal, and ten times as many at once.</summary>
    public const string KeySetting = "Tracker:Limits:PerKey";

    private const int BytesOfBody = 160 * 1024 * 1024;

    public static IServiceCollection AddLimits(this IServiceCollection services, IConfiguration configuration)
    {
        var (perAddress, perKey) = (PerSecond(configuration, AddressSetting, 1_000), PerSecond(configuration, KeySetting, 5_000));
        services.Configure<Microsoft.AspNetCore.Server.Kestrel.Core.KestrelServerOptions>(kestrel => kestrel.Limits.MaxRequestBodySize = BytesOfBody);
        return services.AddRateLimiter(limiter =>
        {
            limiter.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(http =>
                Bucket(http.Asker(), http.Features.Get<Caller>()?.Principal is null ? perAddress : perKey));
            limiter.OnRejected = (rejected, _) =>
            {
                var seconds = rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? (int)Math.Ceiling(after.TotalSeconds) : 1;
                var refusal = new Refusal(429, "too-many-requests", string.Create(CultureInfo.InvariantCulture, $"Too many requests. Try again in {Math.Max(seconds, 1)} s."))
                { RetryAfter = Math.Max(seconds, 1) };
                return new ValueTask(AsAsked(rejected.HttpContext.Request, refusal).ExecuteAsync(rejected.HttpContext));
            };
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

    private static IResult AsAsked(HttpRequest request, Refusal refusal) => request.WantsPage() ? refusal.AsPage(request.Path) : refusal.Answered();

    private static bool HoldsNull(HttpRequest request) =>
        request.Path.Value?.Contains('\0', StringComparison.Ordinal) == true
        || (request.QueryString.HasValue && request.Query.Any(x => x.Key.Contains('\0', StringComparison.Ordinal) || x.Value.Any(value => value?.Contains('\0', StringComparison.Ordinal) == true)));

    private static int PerSecond(IConfiguration configuration, string setting, int otherwise) =>
        configuration.GetValue(setting, otherwise) is var value and (> 0 and <= 1_000_000)
            ? value
            : throw new InvalidOperationException($"{setting} must be a number from 1 to 1000000.");

    private static RateLimitPartition<string> Bucket(string name, int perSecond) =>
        RateLimitPartition.GetTokenBucketLimiter(name, _ => new TokenBucketRateLimiterOptions
        {
            TokenLimit = perSecond * 10,
            TokensPerPeriod = perSecond,
            ReplenishmentPeriod = TimeSpan.FromSeconds(1),
            AutoReplenishment = true,
        });
}
