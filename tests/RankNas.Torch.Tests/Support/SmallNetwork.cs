using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace RankNas.Torch.Tests.Support;

/// <summary>A network with one of each kind of layer that has weights.</summary>
internal static class SmallNetwork
{
    public const int FanInOfConvolution = 3 * 3 * 3;
    public const int FanInOfGroups = 4 * 3 * 3;
    public const int FanInOfLinear = 16;

    public static Sequential Create(ScalarType? precision = null)
    {
        Sequential network = nn.Sequential(
            ("conv", nn.Conv2d(3, 16, 3)),
            ("norm", nn.BatchNorm2d(16)),
            ("groups", nn.Conv2d(16, 16, 3, groups: 4, bias: false)),
            ("pool", nn.AdaptiveAvgPool2d(1)),
            ("flat", nn.Flatten()),
            ("layer", nn.LayerNorm(16)),
            ("linear", nn.Linear(16, 10)));
        if (precision is { } type)
        {
            network.to(type);
        }

        return network;
    }

    /// <summary>Copies every parameter's elements, in the order of its shape.</summary>
    public static Dictionary<string, double[]> ValuesOf(nn.Module network)
    {
        using DisposeScope scope = NewDisposeScope();
        return network.named_parameters().ToDictionary(
            named => named.name, named => named.parameter.detach().to(ScalarType.Float64).contiguous().data<double>().ToArray());
    }
}
