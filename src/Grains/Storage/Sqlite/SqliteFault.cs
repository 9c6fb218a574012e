using Microsoft.Data.Sqlite;
using static SQLitePCL.raw;

namespace Experiments.Grains.Storage.Sqlite;

/// <summary>What SQLite's error codes mean to the user.</summary>
internal static class SqliteFault
{
    /// <summary>Below this a write that failed may well have failed for want of room.</summary>
    private const long NoRoom = 64 * 1024;

    /// <summary>SQLite reports a full device as such for the database itself, and as an input/output error for the files beside it.</summary>
    public static bool IsFull(SqliteException exception, string path) =>
        exception.SqliteErrorCode == SQLITE_FULL
        || (exception.SqliteErrorCode is SQLITE_IOERR or SQLITE_CANTOPEN && FreeBytes(path) < NoRoom);

    public static string? Remedy(SqliteException exception) => exception.SqliteErrorCode switch
    {
        SQLITE_READONLY or SQLITE_CANTOPEN or SQLITE_PERM => "Make the folder and the file writable, or choose another folder.",
        SQLITE_NOTADB or SQLITE_CORRUPT => "It is not a database, or is damaged: move it away, restore a copy, or choose another folder.",
        SQLITE_BUSY or SQLITE_LOCKED => "Another process keeps it locked: end that process, or choose another folder.",
        SQLITE_IOERR => "Check the device it lies on, or choose another folder.",
        _ => null,
    };

    private static long FreeBytes(string path)
    {
        try
        {
            return new DriveInfo(Path.GetDirectoryName(path)!).AvailableFreeSpace;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The folder is gone, or cannot be looked at: that is what the fault is, and not a want of room.
            return long.MaxValue;
        }
    }
}
