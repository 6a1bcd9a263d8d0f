using RankNas.Constraints;

namespace RankNas.Pareto;

/// <summary>An objective of a search beside the rank, such as a cost: a number for each architecture.</summary>
/// <remarks>
/// Values must not change, since a resumed search asks again. They are asked for one after another, before the architectures of a step are scored.
/// An exception, or a value that is not finite, ends the search with a <see cref="SearchComponentException"/> that names the objective.
/// </remarks>
public interface IArchitectureObjective
{
    /// <summary>Gets the objective's name, such as <c>params</c>; <c>rank</c> is taken.</summary>
    string Id { get; }

    /// <summary>Gets which values are better.</summary>
    /// <value>The default is the lower ones.</value>
    ScoreDirection Direction => ScoreDirection.LowerIsBetter;

    /// <summary>Gets an architecture's value, a finite number.</summary>
    /// <param name="candidate">The architecture, with its cost, its graph and its network on demand.</param>
    double ValueOf(ConstraintCandidate candidate);
}
