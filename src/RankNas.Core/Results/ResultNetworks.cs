using System.Collections.Concurrent;
using RankNas.Scoring;
using RankNas.Search;
using static TorchSharp.torch;

namespace RankNas.Results;

/// <summary>The networks of a result's architectures: how they are built, and what they cost.</summary>
internal sealed class ResultNetworks(SearchPlan plan)
{
    private readonly ConcurrentDictionary<Architecture, (NetworkCost Value, Exception? Failure)> _costs = new();

    public ISearchSpace Space => plan.Setup.Space;

    /// <summary>Builds a network with the weights that were scored, of the first repeat.</summary>
    public nn.Module<Tensor, Tensor> Build(Architecture architecture) => new NetworkFactory(plan.Setup).Build(architecture, repeat: 0, plan.Setup.Devices[0].ToTorch());

    /// <summary>Gets a network's cost, or why it has none.</summary>
    public (NetworkCost Value, Exception? Failure) CostOf(Architecture architecture) => _costs.GetOrAdd(architecture, Measure);

    private (NetworkCost Value, Exception? Failure) Measure(Architecture architecture)
    {
        try
        {
            return (plan.Space.CostOf(architecture, plan.Setup.Images.Shape), null);
        }
#pragma warning disable CA1031 // It is thrown again by whoever cannot do without a cost.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            return (default, exception);
        }
    }
}
