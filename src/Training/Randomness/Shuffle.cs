namespace Experiments.Training.Randomness;

internal static class Shuffle
{
    /// <summary>The items in the order of one epoch: Fisher and Yates' shuffle, drawn from (seed, epoch) alone.</summary>
    public static int[] Order(ReadOnlySpan<int> items, long seed, int epoch)
    {
        var order = items.ToArray();
        var words = new Words(new RandomStream(seed, RandomPurpose.Shuffle, Epoch: epoch));
        for (int last = order.Length - 1; last > 0; last--)
        {
            int other = (int)words.Below((uint)last + 1);
            (order[last], order[other]) = (order[other], order[last]);
        }

        return order;
    }

    /// <summary>A stream's words one after the other.</summary>
    private struct Words(RandomStream stream)
    {
        private uint _next;

        /// <summary>Uniform in [0, bound) without bias. Source: Lemire, "Fast Random Integer Generation in an Interval", 2019.</summary>
        public uint Below(uint bound)
        {
            ulong product = (ulong)Next() * bound;
            if ((uint)product < bound)
            {
                uint threshold = (0u - bound) % bound;
                while ((uint)product < threshold)
                {
                    product = (ulong)Next() * bound;
                }
            }

            return (uint)(product >> 32);
        }

        private uint Next()
        {
            uint word = stream.Block(_next / 4)[(int)(_next % 4)];
            _next++;
            return word;
        }
    }
}
