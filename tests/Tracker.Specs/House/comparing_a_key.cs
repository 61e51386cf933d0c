namespace Tracker.Specs.House;

/// <summary>How long it takes cannot be told by a clock on a busy machine; which comparison the program was built with can.</summary>
public sealed class comparing_a_key
{
    [Fact]
    public void is_by_the_comparison_that_takes_as_long_whatever_was_guessed() =>
        reaching_for_a_banned_symbol.Reached.Contains("System.Security.Cryptography.CryptographicOperations.FixedTimeEquals").ShouldBeTrue();
}
