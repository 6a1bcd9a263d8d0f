using static TorchSharp.torch;

namespace RankNas.Proxies.Tests.Zoo;

/// <summary>TorchSharp's activations that give what they take in shape.</summary>
internal static class ActivationLayers
{
    private static readonly Dictionary<string, Func<nn.Module<Tensor, Tensor>>> All = new()
    {
        ["ReLU"] = () => nn.ReLU(),
        ["ReLU in place"] = () => nn.ReLU(inplace: true),
        ["ReLU6"] = () => nn.ReLU6(),
        ["ReLU6 in place"] = () => nn.ReLU6(inplace: true),
        ["LeakyReLU"] = () => nn.LeakyReLU(0.1),
        ["PReLU"] = () => nn.PReLU(1),
        ["RReLU"] = () => nn.RReLU(),
        ["ELU"] = () => nn.ELU(),
        ["CELU"] = () => nn.CELU(),
        ["SELU"] = () => nn.SELU(),
        ["GELU"] = () => nn.GELU(),
        ["SiLU"] = () => nn.SiLU(),
        ["SiLU in place"] = () => nn.SiLU(inplace: true),
        ["Mish"] = () => nn.Mish(),
        ["Hardswish"] = () => nn.Hardswish(),
        ["Hardswish in place"] = () => nn.Hardswish(inplace: true),
        ["Hardsigmoid"] = () => nn.Hardsigmoid(),
        ["Hardtanh"] = () => nn.Hardtanh(),
        ["Sigmoid"] = () => nn.Sigmoid(),
        ["LogSigmoid"] = () => nn.LogSigmoid(),
        ["Tanh"] = () => nn.Tanh(),
        ["Tanhshrink"] = () => nn.Tanhshrink(),
        ["Softplus"] = () => nn.Softplus(),
        ["Softsign"] = () => nn.Softsign(),
        ["Softshrink"] = () => nn.Softshrink(),
        ["Hardshrink"] = () => nn.Hardshrink(),
        ["Threshold"] = () => nn.Threshold(0, 0),
    };

    public static IEnumerable<string> Names => All.Keys;

    public static nn.Module<Tensor, Tensor> Create(string name) => All[name]();
}
