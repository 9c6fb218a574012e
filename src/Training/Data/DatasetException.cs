namespace Experiments.Training.Data;

/// <summary>A fault of the data, for people: the message says where (file, line, column, value), what is wrong and what to do.</summary>
public sealed class DatasetException(string message, Exception? innerException = null) : Exception(message, innerException);
