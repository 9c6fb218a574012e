using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Experiments.Dashboard.Shell;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Experiments.Dashboard.Snapshots;

/// <summary>Part of a list whose elements keep their order while others join at its end.</summary>
/// <param name="NextCursor">Asks for what follows; null at the end.</param>
internal sealed record Page<T>(ImmutableArray<T> Items, string? NextCursor);

internal static class Page
{
    public const string LimitDescription = "Most elements of the page: 1 to 1000; 100 without it.";
    public const string CursorDescription = "The nextCursor of the page before; the first page without it.";

    private const int Most = 1_000;
    private const string Usual = "100";

    /// <param name="id">Of an element; the last one's is the cursor to what follows.</param>
    /// <param name="limit">What the user asked for; null for the usual one.</param>
    /// <param name="cursor">What the user sent; null for the beginning.</param>
    public static bool TryRead<T>(
        ImmutableArray<T> all, Func<T, string> id, string? limit, string? cursor, [NotNullWhen(true)] out Page<T>? page, [NotNullWhen(false)] out ProblemHttpResult? problem)
    {
        (page, problem) = (null, null);
        int before = cursor is null ? -1 : all.ToList().FindIndex(element => id(element) == cursor);
        if (WholeNumber.Read(limit ?? Usual, 1, Most) is not { } count)
        {
            problem = Bad("The limit cannot be used.", $"Give a whole number from 1 to {Most}, or leave it out for {Usual}.");
            return false;
        }

        if (cursor is not null && before < 0)
        {
            problem = Bad("The cursor cannot be used.", "Give the nextCursor of a page of this list. If what that page ended with was deleted meanwhile, begin again without a cursor.");
            return false;
        }

        ImmutableArray<T> items = [.. all.Skip(before + 1).Take(count)];
        page = new Page<T>(items, before + 1 + items.Length < all.Length ? id(items[^1]) : null);
        return true;
    }

    private static ProblemHttpResult Bad(string title, string detail) => TypedResults.Problem(statusCode: StatusCodes.Status400BadRequest, title: title, detail: detail);
}
