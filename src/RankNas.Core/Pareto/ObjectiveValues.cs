using RankNas.Constraints;
using RankNas.Search;

namespace RankNas.Pareto;

/// <summary>The objectives' values of a search's architectures, each asked for once.</summary>
internal sealed class ObjectiveValues(SearchPlan plan)
{
    private readonly Dictionary<Architecture, ImmutableArray<double>> _known = [];
    private readonly Lock _gate = new();

    /// <summary>Asks for the values of architectures, one after another: what is measured is not disturbed by the networks that are scored.</summary>
    /// <returns>Those whose values are known: all, unless it was cancelled before.</returns>
    public Architecture[] Ask(Architecture[] architectures, CancellationToken cancellationToken)
    {
        if (plan.Objectives.IsEmpty)
        {
            return architectures;
        }

        lock (_gate)
        {
            foreach (Architecture architecture in architectures.TakeWhile(_ => !cancellationToken.IsCancellationRequested))
            {
                var candidate = new ConstraintCandidate(plan.Space, architecture, plan.Setup.Images.Shape);
                _known.TryAdd(architecture, [.. plan.Objectives.Select((objective, index) => Ask(objective, plan.ObjectiveDescriptors[index].Id, candidate))]);
            }

            return [.. architectures.Where(_known.ContainsKey)];
        }
    }

    /// <summary>Gets the values of an architecture that was asked for.</summary>
    public ImmutableArray<double> Of(Architecture architecture)
    {
        lock (_gate)
        {
            return _known.GetValueOrDefault(architecture, []);
        }
    }

    private static double Ask(IArchitectureObjective objective, string id, ConstraintCandidate candidate)
    {
        double value = ComponentError.Guard(() => $"The objective '{id}' failed on {candidate.Architecture}", () => objective.ValueOf(candidate));
        return double.IsFinite(value)
            ? value
            : throw new SearchComponentException(string.Create(
                CultureInfo.InvariantCulture, $"The objective '{id}' gave {value} for {candidate.Architecture}: a value is a finite number."));
    }
}
