using System.Text.Json.Nodes;
using Tracker.Api.Tests.Harness;

namespace Tracker.Faults.Tests.Harness;

/// <summary>What the record of an agenda holds, read back over HTTP.</summary>
internal static class Record
{
    private static readonly string[] Views =
        ["board", "matrix", "timeline", "divergence", "commitments", "commitments/visit", "sources", "activities"];

    /// <summary>How often each name is in it.</summary>
    public static async Task<Dictionary<string, int>> NamesAsync(ServerProcess node, string agenda)
    {
        var bundle = JsonNode.Parse(await node.Http.GetByteArrayAsync($"agendas/{agenda}/export"))!;
        IEnumerable<string> names = [.. Of("sources", "slug"), .. Of("activities", "slug"), .. Of("searches", "note")];
        return names.CountBy(x => x).ToDictionary(StringComparer.Ordinal);

        IEnumerable<string> Of(string list, string member) => bundle[list]!.AsArray().Select(x => x![member]!.GetValue<string>());
    }

    /// <summary>What is read of an agenda that differs between nodes, or after its tables are made again from its events.</summary>
    public static async Task<IReadOnlyList<string>> DifferencesAsync(Installation installation, IReadOnlyList<string> agendas)
    {
        var differences = new List<string>();
        var before = await ReadAsync(installation.Nodes[0], agendas);
        foreach (var node in installation.Nodes.Skip(1)) Compare(await ReadAsync(node, agendas), $"on {node.Name}");
        var rebuilt = await TheProgram.RunOnAsync(installation.Postgres.ConnectionString, "tables", "rebuild");
        rebuilt.ExitCode.ShouldBe(0, rebuilt.LastWords);
        foreach (var node in installation.Nodes) Compare(await ReadAsync(node, agendas), $"replayed, on {node.Name}");
        return differences;

        void Compare(Dictionary<string, byte[]> now, string where) =>
            differences.AddRange(before.Where(x => !now[x.Key].AsSpan().SequenceEqual(x.Value)).Select(x => $"{x.Key} differs {where}"));
    }

    private static async Task<Dictionary<string, byte[]>> ReadAsync(ServerProcess node, IReadOnlyList<string> agendas)
    {
        var read = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (var agenda in agendas)
        {
            var position = JsonNode.Parse(await node.Http.GetByteArrayAsync($"agendas/{agenda}/board"))!["position"]!.GetValue<long>();
            foreach (var view in Views)
            {
                var address = FormattableString.Invariant($"agendas/{agenda}/{view}?validAt=2023-01-31&knownAt={position}");
                read[$"{agenda}/{view}"] = await node.Http.GetByteArrayAsync(address);
            }

            read[$"{agenda}/export"] = await node.Http.GetByteArrayAsync($"agendas/{agenda}/export");
        }

        return read;
    }
}
