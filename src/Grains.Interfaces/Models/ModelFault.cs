namespace Experiments;

/// <summary>What keeps a list of layers from being a model for some images.</summary>
/// <param name="Layer">Its place in the list, from 0.</param>
/// <param name="Message">What is wrong and what to do about it, without the layer's name.</param>
public readonly record struct ModelFault(int Layer, string Message);
