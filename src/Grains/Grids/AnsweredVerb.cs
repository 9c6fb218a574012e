using System.Collections.Immutable;

namespace Experiments.Grains.Grids;

/// <summary>A verb of a user's on a grid's experiments. Whoever asks it again, not having heard the answer, is told what the first time came to.</summary>
/// <param name="Request">Its <see cref="RequestIdentity"/>; null for one that is never asked again.</param>
/// <param name="Held">How many experiments that no slot had begun it has changed.</param>
/// <param name="Begun">Places in the grid, from 0, of the begun ones that it was for; each knows by itself whether it has followed.</param>
[GenerateSerializer, Immutable, Alias("Experiments.Grains.AnsweredVerb")]
internal sealed record AnsweredVerb([property: Id(0)] Guid? Request, [property: Id(1)] int Held, [property: Id(2)] ImmutableArray<int> Begun);
