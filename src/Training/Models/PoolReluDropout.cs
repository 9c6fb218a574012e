using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Experiments.Training.Models;

/// <summary>
/// 2×2 max pooling, bias, ReLU and dropout of one window's outputs. Pooling comes before the ReLU, which then touches a quarter of the
/// elements: relu(max(x)) = max(relu(x)), gradients too, and adding a bias commutes with max because rounding is monotonic.
/// </summary>
internal static unsafe class PoolReluDropout
{
    /// <summary>Stands for "no output contributed": the result is zero by the ReLU or was dropped.</summary>
    public const byte None = 255;

    /// <summary>Eight filters' outputs of a window, upper left, upper right, lower left and lower right.</summary>
    /// <param name="bias">Of the filters.</param>
    /// <param name="mask">0xFF keeps, 0x00 drops, like the result; null keeps all.</param>
    /// <param name="scale">What kept results are multiplied with.</param>
    /// <param name="y">The result; written.</param>
    /// <param name="winner">Which of the four gave it, for the gradient, 0 to 3 or <see cref="None"/>; written.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Pool(
        Vector256<float> first, Vector256<float> second, Vector256<float> third, Vector256<float> fourth, Vector256<float> bias, byte* mask, float scale, float* y, byte* winner)
    {
        var won = Vector256<int>.Zero;
        Take(second, 1, ref first, ref won);
        Take(third, 2, ref first, ref won);
        Take(fourth, 3, ref first, ref won);

        // "Not at most zero" rather than "above zero": what is not a number must reach the loss, where it ends the experiment.
        var sum = first + bias;
        var contributes = ~Vector256.LessThanOrEqual(sum, Vector256<float>.Zero).AsInt32();
        if (mask != null)
        {
            contributes &= Widen(mask);
        }

        (sum * scale & contributes.AsSingle()).Store(y);
        var narrow = Vector256.Narrow(won | ~contributes, Vector256<int>.Zero);
        *(ulong*)winner = Vector128.Narrow(narrow.GetLower(), narrow.GetUpper()).AsUInt64()[0];
    }

    /// <summary>Sixteen filters' outputs.</summary>
    /// <inheritdoc cref="Pool(Vector256{float}, Vector256{float}, Vector256{float}, Vector256{float}, Vector256{float}, byte*, float, float*, byte*)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Pool(
        Vector512<float> first, Vector512<float> second, Vector512<float> third, Vector512<float> fourth, Vector512<float> bias, byte* mask, float scale, float* y, byte* winner)
    {
        var won = Vector512<int>.Zero;
        Take(second, 1, ref first, ref won);
        Take(third, 2, ref first, ref won);
        Take(fourth, 3, ref first, ref won);
        var sum = first + bias;
        var contributes = ~Vector512.LessThanOrEqual(sum, Vector512<float>.Zero).AsInt32();
        if (mask != null)
        {
            contributes &= Vector512.WidenLower(Vector256.WidenLower(Vector128.Load((sbyte*)mask).ToVector256()).ToVector512());
        }

        (sum * scale & contributes.AsSingle()).Store(y);
        var narrow = Vector512.Narrow(won | ~contributes, Vector512<int>.Zero).GetLower();
        Vector128.Narrow(narrow.GetLower(), narrow.GetUpper()).Store((sbyte*)winner);
    }

    /// <summary>Eight signed bytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> Widen(byte* bytes) => Vector256.WidenLower(Vector128.WidenLower(Vector128.CreateScalar(*(ulong*)bytes).AsSByte()).ToVector256());

    /// <summary>The larger one of each, and which it is. What is not a number wins, and stays.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Take(Vector256<float> candidate, int position, ref Vector256<float> largest, ref Vector256<int> won)
    {
        var larger = Vector256.GreaterThan(candidate, largest) | Vector256.IsNaN(candidate);
        largest = Vector256.ConditionalSelect(larger, candidate, largest);
        won = Vector256.ConditionalSelect(larger.AsInt32(), Vector256.Create(position), won);
    }

    /// <inheritdoc cref="Take(Vector256{float}, int, ref Vector256{float}, ref Vector256{int})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Take(Vector512<float> candidate, int position, ref Vector512<float> largest, ref Vector512<int> won)
    {
        var larger = Vector512.GreaterThan(candidate, largest) | Vector512.IsNaN(candidate);
        largest = Vector512.ConditionalSelect(larger, candidate, largest);
        won = Vector512.ConditionalSelect(larger.AsInt32(), Vector512.Create(position), won);
    }
}
