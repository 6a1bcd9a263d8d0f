using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace RankNas.SpaceBench;

/// <summary>Expand by a 1×1 convolution, filter each channel alone, project back; the input is added where the shape stays.</summary>
internal sealed class InvertedResidual : Module<Tensor, Tensor>
{
    private readonly Module<Tensor, Tensor> _body;
    private readonly bool _isResidual;

    public InvertedResidual(int width, int next, int kernel, int expansion, int stride)
        : base(nameof(InvertedResidual))
    {
        int wide = width * expansion;
        _body = Sequential(
            Conv2d(width, wide, 1, bias: false), BatchNorm2d(wide), ReLU(),
            Conv2d(wide, wide, kernel, stride: stride, padding: kernel / 2, groups: wide, bias: false), BatchNorm2d(wide), ReLU(),
            Conv2d(wide, next, 1, bias: false), BatchNorm2d(next));
        _isResidual = stride == 1 && width == next;
        RegisterComponents();
    }

    public override Tensor forward(Tensor input)
    {
        Tensor output = _body.call(input);
        return _isResidual ? output.add_(input) : output;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _body.Dispose();
        }

        base.Dispose(disposing);
    }
}
