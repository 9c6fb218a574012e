using System.Collections.Immutable;
using System.Data.Common;

namespace Experiments.Grains.Storage;

/// <summary>One statement, its parameters by name, and what it gives back.</summary>
internal static class Sql
{
    /// <returns>Number of rows changed.</returns>
    public static int Execute(this DbConnection connection, string sql, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        using var command = connection.Command(sql, parameters);
        return command.ExecuteNonQuery();
    }

    /// <returns>For each of the statements, all of which end in RETURNING, whether it gave a row.</returns>
    public static ImmutableArray<bool> Returned(this DbConnection connection, string sql, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        using var command = connection.Command(sql, parameters);
        using var reader = command.ExecuteReader();
        var returned = ImmutableArray.CreateBuilder<bool>();
        do returned.Add(reader.Read());
        while (reader.NextResult());
        return returned.DrainToImmutable();
    }

    public static T Scalar<T>(this DbConnection connection, string sql, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        using var command = connection.Command(sql, parameters);
        return (T)command.ExecuteScalar()!;
    }

    public static ImmutableArray<T> Query<T>(
        this DbConnection connection, string sql, Func<DbDataReader, T> read, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        var rows = ImmutableArray.CreateBuilder<T>();
        connection.Read(sql, row => rows.Add(read(row)), parameters);
        return rows.DrainToImmutable();
    }

    public static void Read(this DbConnection connection, string sql, Action<DbDataReader> read, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        using var command = connection.Command(sql, parameters);
        using var reader = command.ExecuteReader();
        while (reader.Read()) read(reader);
    }

    private static DbCommand Command(this DbConnection connection, string sql, ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in parameters)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = name;
            parameter.Value = value ?? DBNull.Value;
            command.Parameters.Add(parameter);
        }

        return command;
    }
}
