using System.Globalization;
using System.Threading.RateLimiting;
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
        var (perAddress, perKey) = (configuration.GetValue(AddressSetting, 1_000), configuration.GetValue(KeySetting, 5_000));
        services.Configure<Microsoft.AspNetCore.Server.Kestrel.Core.KestrelServerOptions>(kestrel => kestrel.Limits.MaxRequestBodySize = BytesOfBody);
        return services.AddRateLimiter(limiter =>
        {
            limiter.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(http =>
                http.Features.Get<Caller>()?.Principal is { } principal
                    ? Bucket("key " + principal, perKey)
                    : Bucket("address " + http.Connection.RemoteIpAddress, perAddress));
            limiter.OnRejected = (rejected, _) =>
            {
                var seconds = rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? (int)Math.Ceiling(after.TotalSeconds) : 1;
                var refusal = new Refusal(429, "too-many-requests", string.Create(CultureInfo.InvariantCulture, $"Too many requests. Try again in {Math.Max(seconds, 1)} s."))
                { RetryAfter = Math.Max(seconds, 1) };
                return new ValueTask(refusal.Answered().ExecuteAsync(rejected.HttpContext));
            };
        });
    }

    private static RateLimitPartition<string> Bucket(string name, int perSecond) =>
        RateLimitPartition.GetTokenBucketLimiter(name, _ => new TokenBucketRateLimiterOptions
        {
            TokenLimit = perSecond * 10,
            TokensPerPeriod = perSecond,
            ReplenishmentPeriod = TimeSpan.FromSeconds(1),
            AutoReplenishment = true,
        });
}
