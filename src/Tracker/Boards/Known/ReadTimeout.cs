using System.Globalization;
using Npgsql;
using Tracker.Recording;

namespace Tracker.Boards.Known;

/// <summary>How long one statement of a read may take. PostgreSQL itself ends what takes longer, also where nobody waits for it any more.</summary>
public sealed class ReadTimeout(IConfiguration configuration)
{
    /// <summary>The longest that one statement may take, in seconds.</summary>
    public const string Setting = "Tracker:Limits:ReadSeconds";

    private readonly string _most = configuration.GetValue(Setting, 20) is var seconds and (> 0 and <= 3_600)
        ? string.Create(CultureInfo.InvariantCulture, $"{seconds}s")
        : throw new InvalidOperationException($"{Setting} must be a number from 1 to 3600.");

    /// <summary>Begins a batch with the limit, which holds for the statements after it and no longer.</summary>
    public void Limit(NpgsqlBatch batch) => batch.Add("select set_config('statement_timeout', $1, true)", _most);

    /// <summary>Asks one statement under the limit. Who disposes the reader lets go of the connection too.</summary>
    public async Task<NpgsqlDataReader> AskAsync(NpgsqlDataSource database, string sql, IEnumerable<object> values, CancellationToken ct)
    {
        var connection = await database.OpenConnectionAsync(ct);
        try
        {
            await using var batch = new NpgsqlBatch(connection);
            Limit(batch);
            batch.Add(sql, [.. values]);
            var reader = await batch.ExecuteReaderAsync(System.Data.CommandBehavior.CloseConnection, ct);
            await reader.NextResultAsync(ct);
            return reader;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }
}
