using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace RankNas;

/// <summary>A convolution without bias as matrix products over the neighbourhoods of pixels.</summary>
internal sealed class FlowConvolution
{
    private readonly long _kernel;
    private readonly long _stride;
    private readonly long _padding;
    private readonly long _height;
    private readonly long _width;
    private readonly long _channels;
    private readonly long _outHeight;
    private readonly long _outWidth;

    public FlowConvolution(long[] shape, Conv2d layer)
    {
        (_height, _width, _channels) = (shape[0], shape[1], shape[2]);
        (_kernel, _stride, _padding) = (layer.weight!.shape[2], layer.stride[0], layer.padding![0]);
        OutChannels = layer.weight.shape[0];
        _outHeight = ((PaddedHeight - _kernel) / _stride) + 1;
        _outWidth = ((PaddedWidth - _kernel) / _stride) + 1;
    }

    public long OutChannels { get; }

    private long PaddedHeight => _height + (2 * _padding);

    private long PaddedWidth => _width + (2 * _padding);

    public Tensor Apply(Tensor features, Tensor weight)
    {
        using DisposeScope scope = NewDisposeScope();
        return NeighborhoodsOf(features).mm(weight).view(_outHeight, _outWidth, OutChannels).MoveToOuterDisposeScope();
    }

    public Tensor GradientByWeight(Tensor features, Tensor gradient)
    {
        using DisposeScope scope = NewDisposeScope();
        return AsWeight(NeighborhoodsOf(features).t().mm(gradient.reshape(-1, OutChannels))).MoveToOuterDisposeScope();
    }

    /// <summary>Gets a view of a matrix in the shape of the layer's weight.</summary>
    public Tensor AsWeight(Tensor matrix) => matrix.view(_kernel, _kernel, _channels, OutChannels).permute(3, 2, 0, 1);

    public Tensor GradientByInput(Tensor weight, Tensor gradient)
    {
        using DisposeScope scope = NewDisposeScope();
        if (_stride == 1 && _kernel == 1 + (2 * _padding))
        {
            // The places that a pixel was taken to are its own neighbourhood, seen from the other side.
            Tensor turned = weight.view(_kernel, _kernel, _channels, OutChannels).flip(0, 1).permute(0, 1, 3, 2).reshape(-1, _channels);
            return NeighborhoodsOf(gradient).mm(turned).view(_height, _width, _channels).MoveToOuterDisposeScope();
        }

        // Each place of the neighbourhood gives back to the pixels that it was taken from.
        Tensor ofNeighborhoods = gradient.reshape(-1, OutChannels).mm(weight.t());
        Tensor sum = gradient.new_zeros([PaddedHeight, PaddedWidth, _channels]);
        long[] places = [_outHeight, _outWidth, _channels];
        for (long place = 0; place < _kernel * _kernel; place++)
        {
            (long row, long column) = Math.DivRem(place, _kernel);
            Tensor pixels = sum.as_strided(places, [_stride * PaddedWidth * _channels, _stride * _channels, 1], ((row * PaddedWidth) + column) * _channels);
            long values = _kernel * _kernel * _channels;
            pixels.AddInPlace(ofNeighborhoods.as_strided(places, [_outWidth * values, values, 1], place * _channels));
        }

        return sum.narrow(0, _padding, _height).narrow(1, _padding, _width).contiguous().MoveToOuterDisposeScope();
    }

    // A row for each place of the output. Values of one row of a neighbourhood lie side by side already.
    private Tensor NeighborhoodsOf(Tensor features)
    {
        long channels = features.shape[2];
        if (_kernel == 1 && _stride == 1)
        {
            return features.reshape(-1, channels);
        }

        Tensor padded = nn.functional.pad(features, [0, 0, _padding, _padding, _padding, _padding]);
        return padded.as_strided(
            [_outHeight, _outWidth, _kernel, _kernel * channels],
            [_stride * PaddedWidth * channels, _stride * channels, PaddedWidth * channels, 1])
            .reshape(_outHeight * _outWidth, _kernel * _kernel * channels);
    }
}
