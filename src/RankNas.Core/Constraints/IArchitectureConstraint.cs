namespace RankNas.Constraints;

/// <summary>What an architecture must keep to, such as a limit of its cost. A search scores only what all its constraints admit.</summary>
/// <remarks>
/// An answer must not change during a search, since a search that resumes asks again. Implementations are safe for concurrent use.
/// An exception ends the search with a <see cref="SearchComponentException"/> that names the constraint. Cancelling is heard between answers.
/// </remarks>
public interface IArchitectureConstraint
{
    /// <summary>Gets what is asked for, for people: <c>at most 500,000 parameters</c>.</summary>
    string Description { get; }

    /// <summary>Tells whether the architecture keeps to it.</summary>
    /// <param name="candidate">The architecture, with its cost and its network where they are asked for.</param>
    bool Admits(ConstraintCandidate candidate);
}
