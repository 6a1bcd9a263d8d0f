using static TorchSharp.torch;

namespace RankNas.Training.Optimizers;

/// <summary>A parameter as an optimiser sees it.</summary>
/// <param name="Name">Its full name in the network.</param>
/// <param name="Value">Its value in float32, which steps change.</param>
/// <param name="Decay">Its weight decay.</param>
internal sealed record TrainedWeight(string Name, Tensor Value, double Decay);
