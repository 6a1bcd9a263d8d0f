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
            sink.Take(new LayerInput(kind, input, uses, IsStable: true));
        }
    }

    public Tensor Convolve(Tensor input, Conv2d layer)
    {
        Report(LayerKinds.Convolution, input);
        return LayerMath.Convolve(input, layer);
    }
}
