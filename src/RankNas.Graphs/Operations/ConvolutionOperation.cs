using System.Collections.Immutable;

namespace RankNas.Graphs.Operations;

/// <summary>A convolution of images, padded by zeros.</summary>
/// <param name="OutChannels">The number of output channels.</param>
/// <param name="Kernel">The kernel's size.</param>
/// <param name="Stride">The stride.</param>
/// <param name="Padding">Zeros on either side.</param>
/// <param name="Dilation">The spacing between kernel elements.</param>
/// <param name="Groups">The number of groups.</param>
/// <param name="HasBias">Whether a bias is added.</param>
public sealed record ConvolutionOperation(int OutChannels, Size2D Kernel, Size2D Stride, Size2D Padding, Size2D Dilation, int Groups, bool HasBias) : GraphOperation
{
    internal override string ShortName => "conv";

    internal override string Title => $"a {Kernel} convolution to {OutChannels} channels";

    internal override ImmutableArray<int> ShapeOf(ImmutableArray<ImmutableArray<int>> inputs)
    {
        ImmutableArray<int> images = Images(inputs);
        Require(OutChannels > 0, "it gives one channel at least.");
        Require(
            Groups > 0 && images[0] % Groups == 0 && OutChannels % Groups == 0,
            FormattableString.Invariant($"{Groups} groups must divide both {images[0]} and {OutChannels} channels."));
        return Slide(images, OutChannels, Kernel, Stride, Padding, Dilation);
    }

    internal override IEnumerable<(string Suffix, ImmutableArray<int> Shape)> ParametersOf(ImmutableArray<ImmutableArray<int>> inputs) => HasBias
        ? [("weight", WeightOf(inputs[0])), ("bias", [OutChannels])]
        : [("weight", WeightOf(inputs[0]))];

    internal override long MacsOf(ImmutableArray<ImmutableArray<int>> inputs, ImmutableArray<int> output) =>
        checked(ElementsOf(output) * (inputs[0][0] / Groups) * Kernel.Height * Kernel.Width);

    private ImmutableArray<int> WeightOf(ImmutableArray<int> images) => [OutChannels, images[0] / Groups, Kernel.Height, Kernel.Width];
}
