namespace RankNas.Graphs;

/// <summary>The parameters and multiply-accumulates of a network.</summary>
/// <param name="Parameters">The number of trainable scalars.</param>
/// <param name="Macs">The multiply-accumulates of convolutions and linear layers for one image.</param>
public readonly record struct NetworkCost(long Parameters, long Macs);
