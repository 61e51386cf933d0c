using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.Options;

namespace Tracker.Hosting;

/// <summary>
/// Looks once, at the start, whether there is an issuer at the address that is set, and says in the log where there is none: nobody with a token is let in until
/// there is. It holds nothing up: the record is read, and keys are taken, while an issuer is away.
/// </summary>
internal sealed partial class IssuerCheck(IOptionsMonitor<JwtBearerOptions> tokens, IConfiguration configuration, ILogger<IssuerCheck> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (configuration[Settings.Authority] is not { Length: > 0 } authority) return;
        try
        {
            await tokens.Get(JwtBearerDefaults.AuthenticationScheme).ConfigurationManager!.GetConfigurationAsync(stoppingToken);
        }
        catch (Exception e) when (!stoppingToken.IsCancellationRequested)
        {
            LogAway(log, authority.TrimEnd('/'), Settings.Authority, e.GetBaseException().Message);
        }
    }

    [LoggerMessage(LogLevel.Warning, "No issuer answers at {Authority}/.well-known/openid-configuration ({Reason}): nobody is let in with a token until one does. Is {Setting} right?")]
    private static partial void LogAway(ILogger log, string authority, string setting, string reason);
}
