using static TorchSharp.torch;

namespace RankNas.Proxies;

/// <summary>A convolution of one image in NHWC, <c>[H, W, C]</c>, there and back.</summary>
internal interface IFlowConvolution
{
    /// <summary>Gets the matrix of a weight, in the order in which it is read.</summary>
    Tensor MatrixOf(Tensor weight);

    /// <summary>Convolves.</summary>
    Tensor Apply(Tensor pixels, Tensor matrix);

    /// <summary>Gets the gradient by the weight, in the order of its matrix, from that by what comes out.</summary>
    Tensor GradientByWeight(Tensor pixels, Tensor gradient);

    /// <summary>Gets the gradient by what goes in from that by what comes out.</summary>
    Tensor GradientByInput(Tensor matrix, Tensor gradient);
}
