namespace RankNas.Constraints;

/// <summary>A constraint made of a function.</summary>
internal sealed class PredicateConstraint(Func<ConstraintCandidate, bool> admits, string description) : IArchitectureConstraint
{
    public string Description => description;

    public bool Admits(ConstraintCandidate candidate) => admits(candidate);
}
