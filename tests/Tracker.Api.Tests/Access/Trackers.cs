using Tracker.Api.Tests.Harness;

namespace Tracker.Api.Tests.Access;

/// <summary>A tracker that a class has to itself, set as the class needs it.</summary>
public abstract class OwnTracker(PostgresUnderTest postgres, params string[] settings) : IAsyncLifetime
{
    public TrackerUnderTest Tracker { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Tracker = await TrackerUnderTest.StartAsync(postgres, null, settings);

    public async ValueTask DisposeAsync()
    {
        await Tracker.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}

/// <summary>Nobody reads without a credential.</summary>
public sealed class ClosedTracker(PostgresUnderTest postgres) : OwnTracker(postgres, "--Tracker:PublicRead=false");

/// <summary>With the first owner's key, and no other.</summary>
public sealed class TrackerWithAnOwner(PostgresUnderTest postgres) : OwnTracker(postgres);
