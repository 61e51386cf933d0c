using System.Collections.Immutable;
using Npgsql;

namespace Tracker.Recording;

/// <summary>An event that may say whether an agenda is read by those alone who have a role on it.</summary>
public interface ISetVisibility
{
    /// <summary>Null where it does not say: then it is as it was.</summary>
    bool? IsInternal { get; }
}

/// <summary>
/// Who may read which agenda: the one decision, which everything that shows something of an agenda asks before it looks anything up. What is
/// internal stands on the agenda's line, and changes with the recording that says so, on every node at once.
/// </summary>
public sealed class ReadAccess(NpgsqlDataSource database, AgendaHeads heads, TimeProvider clock)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(100);

    /// <summary>
    /// Whether the caller may read an agenda: by a role of theirs on it, or because everybody may. To all others an internal agenda is as absent as
    /// one that there is not; nothing tells the two apart.
    /// </summary>
    public async Task<bool> MayReadAsync(Caller caller, string agenda, CancellationToken ct)
    {
        if (caller.May(Right.Read, agenda)) return true;
        return caller.ReadsWhatIsPublic && await PublicAsync(agenda, ct) is not null;
    }

    /// <summary>The same, of an agenda that was just looked at.</summary>
    public static bool MayRead(Caller caller, string agenda, bool isInternal) => caller.May(Right.Read, agenda) || (caller.ReadsWhatIsPublic && !isInternal);

    /// <summary>How far an agenda reaches that everybody may read; null where it is internal, or there is none.</summary>
    public async Task<AgendaHead?> PublicAsync(string agenda, CancellationToken ct) => await heads.FindAsync(agenda, ct) is { IsInternal: false } head ? head : null;

    /// <summary>Whether an agenda is left to newer programs, because it holds an event that this one does not know.</summary>
    public async Task<bool> IsLeftAsync(string agenda, CancellationToken ct) => await heads.FindAsync(agenda, ct) is { IsNewer: true };

    /// <summary>Those of some agendas that the caller may read.</summary>
    public async Task<IReadOnlySet<string>> ReadableAsync(Caller caller, IReadOnlyCollection<string> agendas, CancellationToken ct)
    {
        var readable = agendas.Where(x => caller.May(Right.Read, x)).ToHashSet(StringComparer.Ordinal);
        if (caller.ReadsWhatIsPublic && readable.Count < agendas.Count) readable.UnionWith(await PublicAsync([.. agendas.Except(readable)], ct));
        return readable;
    }

    /// <summary>A condition on rows of agendas, and its parameters <c>$1</c> and <c>$2</c>: that the caller may read that agenda.</summary>
    /// <param name="column">The column that names the agenda.</param>
    public static (string Sql, bool Everything, string[] Theirs) Condition(Caller caller, string column)
    {
        var theirs = caller.Grants.Where(x => x.Role.Carries(Right.Read)).Select(x => x.Agenda).ToImmutableArray();
        var sql = caller.ReadsWhatIsPublic
            ? $"($1 or {column} = any($2) or not exists (select from {AgendaLine.TableName} line where line.agenda = {column} and line.is_internal))"
            : $"($1 or {column} = any($2))";
        return (sql, theirs.Contains(null), [.. theirs.OfType<string>()]);
    }

    /// <summary>Makes sure that no agenda comes to be with an instant that has passed: waits for those that are being opened; false where one still is.</summary>
    public async Task<bool> NobodyOpensAsync(CancellationToken ct)
    {
        var since = clock.GetTimestamp();
        while (true)
        {
            await using (var command = database.CreateCommand($"select pg_try_advisory_xact_lock({AgendaLine.Opening})"))
                if (await command.ExecuteScalarAsync(ct) is true) return true;
            if (clock.GetElapsedTime(since) >= Patience) return false;
            await Task.Delay(LookAgain, ct);
        }
    }

    private async Task<HashSet<string>> PublicAsync(string[] agendas, CancellationToken ct)
    {
        await using var command = database.CreateCommand($"select agenda from {AgendaLine.TableName} where agenda = any($1) and is_internal is not true");
        command.Parameters.Add(new() { Value = agendas });
        var found = new HashSet<string>(StringComparer.Ordinal);
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct)) found.Add(reader.GetString(0));
        return found;
    }
}
