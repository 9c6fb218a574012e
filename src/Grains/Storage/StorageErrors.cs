using Microsoft.Data.Sqlite;

namespace Experiments.Grains.Storage;

public static class StorageErrors
{
    /// <summary>Whether the cause, at whatever depth, is a storage without room: also for a grain's own state, whose errors arrive wrapped.</summary>
    public static bool IsStorageFull(Exception? exception) => exception switch
    {
        null => false,
        StorageFullException => true,
        SqliteException { SqliteErrorCode: SQLitePCL.raw.SQLITE_FULL } => true,
        AggregateException aggregate => aggregate.InnerExceptions.Any(IsStorageFull),
        _ => IsStorageFull(exception.InnerException),
    };
}
