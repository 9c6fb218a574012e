namespace Experiments.Grains.Storage;

public static class StorageErrors
{
    /// <summary>The cause, at whatever depth, where it is a storage without room: errors of a grain's own state arrive wrapped.</summary>
    public static StorageFullException? StorageFull(Exception? exception) => exception switch
    {
        null => null,
        StorageFullException full => full,
        AggregateException aggregate => aggregate.InnerExceptions.Select(StorageFull).FirstOrDefault(full => full is not null),
        _ => StorageFull(exception.InnerException),
    };
}
