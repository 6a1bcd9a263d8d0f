namespace RankNas;

/// <summary>The cost of networks that no formula describes: measured by RankNas.Torch, which knows this assembly and not the other way round.</summary>
internal static class MeasuredCosts
{
    private static readonly Lazy<Func<ISearchSpace, Architecture, NetworkShape, NetworkCost>> Meter = new(() =>
        Type.GetType("RankNas.NetworkCostMeter, RankNas.Torch")
            ?.GetMethod("Measure", [typeof(ISearchSpace), typeof(Architecture), typeof(NetworkShape)])
            ?.CreateDelegate<Func<ISearchSpace, Architecture, NetworkShape, NetworkCost>>()
        ?? throw new NotSupportedException("The space has no formula for its costs, and measuring them needs the package RankNas.Torch: reference it."));

    public static NetworkCost Of(ISearchSpace space, Architecture architecture, NetworkShape shape) => Meter.Value(space, architecture, shape);
}
