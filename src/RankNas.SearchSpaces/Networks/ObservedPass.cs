using TorchSharp.Modules;
using static TorchSharp.torch;

namespace RankNas;

/// <summary>A forward pass that reports the layers' inputs to whoever watches.</summary>
internal sealed class ObservedPass(ILayerSink sink)
{
    /// <summary>Reports an input of layers that take the very same tensor; it is not changed afterwards.</summary>
    public void Report(LayerKinds kind, Tensor input, int uses = 1)
    {
        if ((sink.Kinds & kind) != 0)
        {
            sink.Take(new LayerInput(kind, input, uses, isStable: true));
        }
    }

    /// <summary>Reports the input of a convolution, which its observers alone may want written out.</summary>
    public void Report(ConvolutionInput input)
    {
        if ((sink.Kinds & LayerKinds.Convolution) != 0)
        {
            sink.Take(new LayerInput(LayerKinds.Convolution, input.Features.shape, input.Values, uses: 1, isStable: true));
        }
    }

    public Convolved Convolve(ConvolutionInput input, Conv2d layer)
    {
        Report(input);
        return LayerMath.Convolve(input, layer);
    }

    public Convolved Convolve(Tensor input, Conv2d layer) => Convolve(ConvolutionInput.Of(input), layer);
}
