using System.Numerics;

namespace Experiments.Training.Data;

/// <summary>
/// MT19937 (Matsumoto and Nishimura, 1998), seeded by a 32-bit number (their <c>init_genrand</c> of 2002): the generator of NumPy's <c>RandomState</c>.
/// For splits alone, which are to be scikit-learn's; whatever training draws comes from Philox.
/// </summary>
internal sealed class MersenneTwister
{
    private const int Size = 624;
    private const int Middle = 397;

    private readonly uint[] _state = new uint[Size];
    private int _next = Size;

    public MersenneTwister(uint seed)
    {
        _state[0] = seed;
        for (uint i = 1; i < Size; i++)
        {
            uint previous = _state[i - 1];
            _state[i] = 1812433253u * (previous ^ (previous >> 30)) + i;
        }
    }

    public uint Next()
    {
        if (_next == Size)
            Twist();

        uint y = _state[_next++];
        y ^= y >> 11;
        y ^= (y << 7) & 0x9d2c5680u;
        y ^= (y << 15) & 0xefc60000u;
        return y ^ (y >> 18);
    }

    /// <summary>A number from 0 to <paramref name="most"/>, both included: the low bits of draws, until one is not too large.</summary>
    public uint NextUpTo(uint most)
    {
        uint mask = uint.MaxValue >> BitOperations.LeadingZeroCount(most);
        uint value;
        do
            value = Next() & mask;
        while (value > most);
        return value;
    }

    private void Twist()
    {
        for (int i = 0; i < Size; i++)
        {
            uint y = (_state[i] & 0x80000000u) | (_state[(i + 1) % Size] & 0x7fffffffu);
            _state[i] = _state[(i + Middle) % Size] ^ (y >> 1) ^ ((y & 1) * 0x9908b0dfu);
        }

        _next = 0;
    }
}
