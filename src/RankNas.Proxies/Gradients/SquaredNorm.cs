using static TorchSharp.torch;

namespace RankNas.Proxies.Gradients;

/// <summary>The sum of a tensor's squares, in float64.</summary>
internal static class SquaredNorm
{
    public static double Of(Tensor tensor)
    {
        using Tensor precise = tensor.to(ScalarType.Float64);
        using Tensor squares = precise * precise;
        return squares.sum().ReadNumber();
    }
}
