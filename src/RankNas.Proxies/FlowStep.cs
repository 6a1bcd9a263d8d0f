using static TorchSharp.torch;

namespace RankNas.Proxies;

/// <summary>An operation there and back.</summary>
/// <param name="Output">What it gives.</param>
/// <param name="GradientsByInputs">From R's gradient by what it gives to that by each of what it reads.</param>
internal sealed record FlowStep(Tensor Output, params Func<Tensor, Tensor>[] GradientsByInputs);
