using System.Text.Json.Serialization;
using RankNas.Proxies;
using RankNas.Scores;
using RankNas.SearchSpaces;

namespace RankNas.Ranking;

/// <summary>An architecture with its scores and, if it was ranked, its place in the set.</summary>
/// <remarks>Equality compares everything except <see cref="Proxies"/>. A strategy must not depend on <see cref="Seconds"/> or
/// <see cref="FromStore"/>, so that it can be replayed.</remarks>
/// <param name="Architecture">The architecture.</param>
/// <param name="Scores">One score for each proxy of the experiment, in its order; the mean over several repeats.</param>
public sealed record ScoredArchitecture(Architecture Architecture, ImmutableArray<Score> Scores)
{
    /// <summary>Gets the proxies of the scores, in their order; empty if unknown.</summary>
    [JsonIgnore]
    public ImmutableArray<ProxyDescriptor> Proxies { get; init; } = [];

    /// <summary>Gets the values of the search's objectives beside the rank, in their order; empty if it has none.</summary>
    public ImmutableArray<double> Objectives { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>Gets how long the scoring took, in seconds; for stored scores, when they were computed.</summary>
    public double Seconds { get; init; }

    /// <summary>Gets whether all scores were found in the store.</summary>
    public bool FromStore { get; init; }

    /// <summary>Gets the place within the ranked set, from 1; 0 if it has not been ranked.</summary>
    public int Rank { get; init; }

    /// <summary>Gets the aggregator's total, such as the rank sum; the smallest is best. NaN if it has not been ranked.</summary>
    public double Total { get; init; } = double.NaN;

    /// <summary>Gets the rank by each proxy within the set, from 1; ties share the mean. Empty if it has not been ranked.</summary>
    public ImmutableArray<double> Ranks { get; init; } = [];

    /// <summary>Gets the score by a proxy.</summary>
    /// <param name="proxy">The proxy's id, such as <c>naswot</c>.</param>
    /// <exception cref="ArgumentException">There is no score by this proxy.</exception>
    public Score ScoreBy(string proxy) => Scores[IndexOf(proxy)];

    /// <summary>Gets the rank by a proxy.</summary>
    /// <inheritdoc cref="ScoreBy"/>
    /// <exception cref="InvalidOperationException">It has not been ranked.</exception>
    public double RankBy(string proxy) => IndexOf(proxy) is var index && index < Ranks.Length
        ? Ranks[index]
        : throw new InvalidOperationException($"{Architecture} has not been ranked.");

    /// <summary>Tells whether the other has the same architecture, scores, objectives, place, seconds and origin.</summary>
    /// <param name="other">The other.</param>
    public bool Equals(ScoredArchitecture? other) => ReferenceEquals(this, other) || (other is not null
        && Architecture.Equals(other.Architecture) && Rank == other.Rank && Total.Equals(other.Total) && Seconds.Equals(other.Seconds)
        && FromStore == other.FromStore && Scores.AsSpan().SequenceEqual(other.Scores.AsSpan()) && Ranks.AsSpan().SequenceEqual(other.Ranks.AsSpan())
        && Objectives.AsSpan().SequenceEqual(other.Objectives.AsSpan()));

    /// <summary>Hashes the architecture and the place.</summary>
    public override int GetHashCode() => HashCode.Combine(Architecture, Rank, Total);

    /// <summary>Returns the architecture, after its rank where it has one: <c>1. 8:16:24:32:64</c>.</summary>
    public override string ToString() => Rank > 0 ? $"{Rank}. {Architecture}" : Architecture.Text;

    private int IndexOf(string proxy)
    {
        for (int index = 0; index < Proxies.Length; index++)
        {
            if (Proxies[index].Id == proxy)
            {
                return index;
            }
        }

        throw new ArgumentException($"There is no score by '{proxy}': there is one by {string.Join(", ", Proxies.Select(own => own.Id))}.", nameof(proxy));
    }
}
