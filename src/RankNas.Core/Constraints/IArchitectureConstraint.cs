namespace RankNas.Constraints;

/// <summary>A constraint on architectures, such as a limit on their cost. A search scores only architectures that all its constraints admit.</summary>
/// <remarks>
/// Answers must not change, since a resumed search asks again. Implementations are safe for concurrent use.
/// An exception ends the search with a <see cref="SearchComponentException"/> that names the constraint. A cancelled search waits for the current answer.
/// </remarks>
public interface IArchitectureConstraint
{
    /// <summary>Gets the condition, for people: <c>at most 500,000 parameters</c>.</summary>
    string Description { get; }

    /// <summary>Tells whether the architecture is admitted.</summary>
    /// <param name="candidate">The architecture, with its cost and its network on demand.</param>
    bool Admits(ConstraintCandidate candidate);
}
