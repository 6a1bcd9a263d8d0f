using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace RankNas.Proxies.Tests.Zoo;

/// <summary>A block of MobileNetV3: depthwise convolution, hardswish, squeeze and excitation.</summary>
internal sealed class InvertedResidual : nn.Module<Tensor, Tensor>
{
    private readonly Sequential _wide;
    private readonly Sequential _gate;
    private readonly Sequential _narrow;

    public InvertedResidual(int channels)
        : base(nameof(InvertedResidual))
    {
        _wide = nn.Sequential(
            nn.Conv2d(channels, 16, 1, bias: false), nn.BatchNorm2d(16), nn.Hardswish(),
            nn.Conv2d(16, 16, 3, padding: 1, groups: 16, bias: false), nn.BatchNorm2d(16), nn.Hardswish());
        _gate = nn.Sequential(nn.AdaptiveAvgPool2d(1), nn.Conv2d(16, 4, 1), nn.ReLU(), nn.Conv2d(4, 16, 1), nn.Hardsigmoid());
        _narrow = nn.Sequential(nn.Conv2d(16, channels, 1, bias: false), nn.BatchNorm2d(channels));
        RegisterComponents();
    }

    public override Tensor forward(Tensor input)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor wide = _wide.call(input);
        return (input + _narrow.call(wide * _gate.call(wide))).MoveToOuterDisposeScope();
    }
}
