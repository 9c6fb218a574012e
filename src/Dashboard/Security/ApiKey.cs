using System.Security.Cryptography;
using System.Text;

namespace Experiments.Dashboard.Security;

/// <summary>A key that lets its bearer in; only its hash is kept.</summary>
internal sealed class ApiKey
{
    private const int Shortest = 16;

    private readonly byte[] _hash;

    /// <param name="name">Of the variable or option that holds it, for messages.</param>
    /// <exception cref="DashboardOptionException">It is short enough to be guessed, or fits no header.</exception>
    public ApiKey(string key, string name)
    {
        if (key.Length < Shortest || !key.All(character => char.IsBetween(character, '!', '~')))
            throw new DashboardOptionException($"{name}: give {Shortest} or more letters, digits and signs without spaces, such as what 'openssl rand -hex 32' prints.");

        _hash = Hash(key);
    }

    /// <summary>Takes as long whatever is wrong with it.</summary>
    public bool Is(string presented) => CryptographicOperations.FixedTimeEquals(_hash, Hash(presented));

    /// <summary>The key of an environment variable or of a file, whose name goes before; null where there is neither.</summary>
    /// <exception cref="DashboardOptionException">The file cannot be read, or the key not used.</exception>
    public static ApiKey? Of(string variable, string option, string? file)
    {
        if (file is null)
        {
            return Environment.GetEnvironmentVariable(variable) is { Length: > 0 } key ? new ApiKey(key, variable) : null;
        }

        try
        {
            return new ApiKey(File.ReadAllText(file).Trim(), $"{option} {file}");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new DashboardOptionException($"{option} {file}: it cannot be read ({exception.Message.TrimEnd('.')}). Name a file that holds the key, readable by this user alone.");
        }
    }

    private static byte[] Hash(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));
}
