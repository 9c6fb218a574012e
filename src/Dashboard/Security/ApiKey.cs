using System.Security.Cryptography;
using System.Text;

namespace Experiments.Dashboard.Security;

/// <summary>The key that every request must bring; only its hash is kept.</summary>
internal sealed class ApiKey
{
    private const int Shortest = 16;

    private readonly byte[] _hash;

    /// <exception cref="DashboardOptionException">It is short enough to be guessed, or fits no header.</exception>
    public ApiKey(string key)
    {
        if (key.Length < Shortest || !key.All(character => char.IsBetween(character, '!', '~')))
        {
            throw new DashboardOptionException($"{DashboardCommand.KeyVariable}: give {Shortest} or more letters, digits and signs without spaces, such as what 'openssl rand -hex 32' prints.");
        }

        _hash = Hash(key);
    }

    /// <summary>Takes as long whatever is wrong with it.</summary>
    public bool Is(string presented) => CryptographicOperations.FixedTimeEquals(_hash, Hash(presented));

    private static byte[] Hash(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));
}
