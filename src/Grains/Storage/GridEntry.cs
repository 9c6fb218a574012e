namespace Experiments.Grains.Storage;

/// <summary>A grid's name and the id that holds it.</summary>
public sealed record GridEntry(string Name, string Id);
