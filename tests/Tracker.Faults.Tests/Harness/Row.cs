using System.Globalization;

namespace Tracker.Faults.Tests.Harness;

/// <summary>What came of a scenario: a row of the table.</summary>
internal sealed record Row(
    string Faults, int Acknowledged, int Lost, int Doubled, int Partial, int Unknown,
    string Statuses, double Commands, double Reads, double Held, int Lines, double Seconds, bool IsWell)
{
    public const string Heading = """
        | faults | acknowledged | lost | doubled | in part | not known | clients saw | commands back, s | reads back, s | held, s | log | well |
        | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |

        """;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"| {Faults} | {Acknowledged} | {Lost} | {Doubled} | {Partial} | {Unknown} | {Statuses} ")
        + string.Create(CultureInfo.InvariantCulture,
        $"| {Commands:0.0} | {Reads:0.0} | {Held:0.0} | {Lines} in {Seconds:0} s | {(IsWell ? "yes" : "no")} |\n");
}
