using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.IdentityModel.Tokens;
using Tracker.Access;

namespace Tracker.Hosting;

/// <summary>Tokens of an OpenID Connect issuer, where one is configured.</summary>
internal static class Tokens
{
    public static IServiceCollection AddTokens(this IServiceCollection services, IConfiguration configuration)
    {
        var authentication = services.AddAuthentication();
        authentication.AddSigningIn(configuration);
        if (configuration[Settings.Authority] is not { Length: > 0 } authority) return services;
        // The first token of a new key waits for the issuer's keys; else it would be refused while they are fetched behind its back.
        AppContext.SetSwitch("Switch.Microsoft.IdentityModel.UpdateConfigAsBlocking", true);
        authentication.AddJwtBearer(options =>
        {
            options.Authority = authority;
            // Else a token made for another service would do.
            options.Audience = configuration[Settings.Audience]!;
            options.MapInboundClaims = false;
            options.BackchannelTimeout = TimeSpan.FromSeconds(5);
            // A token signed with a key we have not seen makes us ask the issuer for its keys, no more often than this.
            options.RefreshInterval = TimeSpan.FromSeconds(Credentials.IssuerRestsSeconds);
            options.RequireHttpsMetadata = MustBeHttps(authority);
            options.TokenValidationParameters = Validation();
        });
        // A key that the issuer has withdrawn is worth nothing from then on; the library would honour it for an hour.
        services.PostConfigure<JwtBearerOptions>(JwtBearerDefaults.AuthenticationScheme,
            options => ((BaseConfigurationManager)options.ConfigurationManager!).UseLastKnownGoodConfiguration = false);
        return services;
    }

    /// <summary>Plain HTTP only to an issuer on this machine.</summary>
    public static bool MustBeHttps(string authority) => !(Uri.TryCreate(authority, UriKind.Absolute, out var uri) && uri.IsLoopback);

    /// <summary>What every token of the issuer is held to, whether a program brings it or a browser comes back with it.</summary>
    public static TokenValidationParameters Validation() => new()
    {
        ValidateIssuer = true,
        ValidateAudience = true,
        ValidateLifetime = true,
        ValidateIssuerSigningKey = true,
        RequireSignedTokens = true,
        RequireExpirationTime = true,
        ClockSkew = TimeSpan.FromSeconds(30),
        ValidAlgorithms = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"],
    };
}
