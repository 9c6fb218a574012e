using System.Data.Common;
using System.Security.Cryptography;
using Experiments.Grains.Grids;
using Npgsql;
using NpgsqlTypes;

namespace Experiments.Grains.Storage.Migration;

/// <summary>Copies all that is stored of one grid, inside a transaction of the caller's.</summary>
/// <param name="dataset">Where the grid's data are from now on.</param>
/// <param name="copied">Is told of bytes of checkpoints.</param>
internal sealed class GridCopy(DbConnection from, NpgsqlConnection to, StoredGrid grid, DatasetReference dataset, Action<int> copied, CancellationToken stop)
{
    /// <summary>For one answer of a server that may be busy.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly (string, object?)[] _keys = CopiedTable.Keys(grid.Name, grid.Id);
    private int _damaged;

    /// <returns>Number of checkpoints that are damaged in the storage they come from, and so were copied as they are; null where the grid's name is taken.</returns>
    /// <exception cref="DatasetMissingException">The data are not there whole.</exception>
    /// <exception cref="CopyDiffersException">What has arrived is not what was sent.</exception>
    public int? Run(DateTimeOffset now)
    {
        // A cold disk may take longer to count a table than a silo takes between two statements.
        to.Execute("SET LOCAL idle_in_transaction_session_timeout = '10min'");
        if (dataset.IsStored && !DatasetRows.TakeWhole(to, dataset.Sha256, now)) throw new DatasetMissingException(dataset.Sha256);
        int registered = to.Execute(
            "INSERT INTO grid (name, id, dataset) VALUES (@name, @id, @dataset) ON CONFLICT DO NOTHING",
            ("@name", grid.Name), ("@id", grid.Id), ("@dataset", dataset.IsStored ? dataset.Sha256 : null));
        if (registered == 0) return null;

        foreach (var table in CopiedTable.All) Copy(table);
        CheckCheckpoints();
        return _damaged;
    }

    private void Copy(CopiedTable table)
    {
        long sent = from.Scalar<long>(table.Count, _keys);
        using var copy = to.BeginBinaryImport(table.Copy);
        copy.Timeout = Patience;
        from.Read(
            table.Select,
            row =>
            {
                stop.ThrowIfCancellationRequested();
                object?[] values = table.Values(row);
                Prepare(table, values);
                copy.StartRow();
                for (int column = 0; column < values.Length; column++) Write(copy, values[column], table.Columns[column].Type);
            },
            _keys);
        ulong arrived = copy.Complete();
        if (arrived != (ulong)sent) throw new CopyDiffersException(grid.Name, FormattableString.Invariant($"{arrived:N0} rows of {table.Name} have arrived of {sent:N0}"));
    }

    private void Prepare(CopiedTable table, object?[] values)
    {
        if (table.Name == CopiedTable.Checkpoint && values is [.., long length, string sha256, byte[] content])
        {
            if (content.LongLength != length || Convert.ToHexStringLower(SHA256.HashData(content)) != sha256) _damaged++;
            copied(content.Length);
        }

        if (table.Name == CopiedTable.GrainState && values is [.., string key, _, byte[] payload] && key == GrainKeys.Grid(grid.Name))
        {
            // Only the grid itself says where its data are; an experiment is told so when it begins.
            var state = GrainPayload.Read<GridState>(payload);
            state.Definition = state.Definition! with { Dataset = dataset };
            values[^1] = GrainPayload.Write(state);
        }
    }

    private static void Write(NpgsqlBinaryImporter copy, object? value, NpgsqlDbType type)
    {
        if (value is null) copy.WriteNull();
        else copy.Write(value, type);
    }

    /// <summary>What was whole has arrived whole, as the server itself finds that reads it.</summary>
    private void CheckCheckpoints()
    {
        using var command = new NpgsqlCommand(
            """
            SELECT COUNT(*) FROM checkpoint WHERE experiment_id >= @first AND experiment_id < @end
            AND (octet_length(content) <> length OR encode(sha256(content), 'hex') <> sha256)
            """,
            to) { CommandTimeout = 0 };
        foreach (var (name, value) in _keys) command.Parameters.AddWithValue(name, value!);
        long damaged = (long)command.ExecuteScalar()!;
        if (damaged != _damaged)
            throw new CopyDiffersException(grid.Name, FormattableString.Invariant($"{damaged - _damaged:N0} checkpoints have not the SHA-256 that they were sent with"));
    }
}
