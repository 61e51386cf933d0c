using System.Globalization;

namespace Tracker.Prose;

/// <summary>The order of titles in a list, as whoever looks for one expects it: numbers by their size, letters whatever their case and accents.</summary>
public static class Titles
{
    public static StringComparer Order { get; } = StringComparer.Create(CultureInfo.InvariantCulture, CompareOptions.IgnoreCase | CompareOptions.NumericOrdering);
}
