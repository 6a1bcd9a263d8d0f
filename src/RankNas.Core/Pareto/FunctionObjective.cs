using RankNas.Constraints;

namespace RankNas.Pareto;

/// <summary>An objective by a function.</summary>
internal sealed class FunctionObjective(string id, Func<ConstraintCandidate, double> valueOf, ScoreDirection direction = ScoreDirection.LowerIsBetter) : IArchitectureObjective
{
    public string Id => id;

    public ScoreDirection Direction => direction;

    public double ValueOf(ConstraintCandidate candidate) => valueOf(candidate);
}
