namespace RankNas;

/// <summary>Gathers the entropies of the blocks' features, s_1 to s_L, as a pass comes by.</summary>
/// <param name="proxy">The name of who needs them.</param>
/// <param name="combine">Turns them into a score.</param>
internal sealed class FeatureEntropyObserver(string proxy, Func<IReadOnlyList<double>, double> combine) : IActivationObserver
{
    private readonly List<double> _entropies = [];

    public void Observe(ForwardPass pass, LayerInput input) => _entropies.Add(FeatureEntropy.Of(input.Tensor));

    public double Complete() => _entropies.Count > 1
        ? combine(_entropies)
        : throw new NotSupportedException($"{proxy} is defined for networks of two blocks at least: have the network implement {nameof(IBlockNetwork)}.");

    public void Dispose()
    {
    }
}
