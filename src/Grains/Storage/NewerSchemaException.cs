namespace Experiments.Grains.Storage;

/// <summary>The storage was written by a later version of Experiments, whose schema this one does not know.</summary>
[GenerateSerializer, Alias("Experiments.NewerSchemaException")]
public sealed class NewerSchemaException(string storage, long found, long known)
    : Exception($"'{storage}' has schema version {found}, and this version of Experiments knows no later one than {known}. Use the newer version of Experiments, or another storage.");
