using RankNas.Graphs;
using RankNas.Graphs.Operations;
using RankNas.Kernels;
using TorchSharp;
using static TorchSharp.torch;

namespace RankNas.Proxies;

/// <summary>A convolution as matrix products over what its windows see, one for each group.</summary>
internal sealed class FlowConvolution : IFlowConvolution
{
    private readonly FlowWindow _window;
    private readonly long _groups;
    private readonly long _channels;
    private readonly long _outChannels;

    // What the windows saw, where it takes longer to begin to compute it again than to keep it: on a GPU.
    private Tensor? _seen;

    public FlowConvolution(ConvolutionOperation convolution, GraphNode input, GraphNode node)
    {
        _window = new FlowWindow(
            convolution.Kernel, convolution.Stride, convolution.Padding, convolution.Dilation, (input.Shape[1], input.Shape[2]), (node.Shape[1], node.Shape[2]));
        _groups = convolution.Groups;
        _channels = input.Shape[0] / _groups;
        _outChannels = node.Shape[0] / _groups;
    }

    /// <summary>Gets the matrix of a weight, one row for each value of a window, in the order in which it lies in memory.</summary>
    public Tensor MatrixOf(Tensor weight)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor places = weight.view([_groups, _outChannels, _channels, _window.Kernel.Height, _window.Kernel.Width]).permute(0, 3, 4, 2, 1);
        return FlowMemory.Reshape(places, Matrices(weight.numel() / (_groups * _outChannels), _outChannels)).MoveToOuterDisposeScope();
    }

    public Tensor Apply(Tensor pixels, Tensor matrix)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor rows = Rows(_window, pixels);
        if (!KernelUse.Serves(pixels))
        {
            _seen = rows.MoveToOuterDisposeScope();
        }

        return PixelsOf(FlowMemory.Product(rows, matrix), _window.Output).MoveToOuterDisposeScope();
    }

    public Tensor GradientByWeight(Tensor pixels, Tensor gradient)
    {
        using DisposeScope scope = NewDisposeScope();
        return FlowMemory.Product((_seen ?? Rows(_window, pixels)).transpose(-1, -2), Rows(gradient)).MoveToOuterDisposeScope();
    }

    public Tensor GradientByInput(Tensor matrix, Tensor gradient)
    {
        using DisposeScope scope = NewDisposeScope();
        if (_window.Stride == 1)
        {
            Tensor turned = Places(matrix).flip(1, 2).permute(0, 1, 2, 4, 3).reshape(Matrices(-1, _channels));
            return PixelsOf(FlowMemory.Product(Rows(_window.Reverse, gradient), turned), _window.Input).MoveToOuterDisposeScope();
        }

        Tensor given = FlowMemory.Product(Rows(gradient), matrix.transpose(-1, -2));
        return _window.Fold(given.view([_groups, _window.Output.Height, _window.Output.Width, _window.Kernel.Height, _window.Kernel.Width, _channels])).MoveToOuterDisposeScope();
    }

    private long[] Matrices(long rows, long columns) => _groups == 1 ? [rows, columns] : [_groups, rows, columns];

    private Tensor Places(Tensor matrix) => matrix.view([_groups, _window.Kernel.Height, _window.Kernel.Width, _channels, _outChannels]);

    // A row for each window.
    private Tensor Rows(FlowWindow window, Tensor pixels) => window.IsPixel
        ? Rows(pixels)
        : FlowMemory.Reshape(window.Unfold(pixels, _groups), Matrices(window.Output.Height * (long)window.Output.Width, window.Kernel.Height * window.Kernel.Width * (pixels.size(2) / _groups)));

    // A row for each pixel.
    private Tensor Rows(Tensor pixels)
    {
        Tensor rows = pixels.reshape(-1, pixels.size(2));
        return _groups == 1 ? rows : rows.view(rows.size(0), _groups, -1).permute(1, 0, 2);
    }

    private Tensor PixelsOf(Tensor rows, Size2D size) => (_groups == 1 ? rows : rows.permute(1, 0, 2)).reshape([size.Height, size.Width, rows.size(-1) * _groups]);
}
