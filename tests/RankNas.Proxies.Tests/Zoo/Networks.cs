using RankNas.Torch;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace RankNas.Proxies.Tests.Zoo;

/// <summary>Networks of all kinds for images of 16×16, each to any depth, with the reasons of the proxies that are not defined for them.</summary>
internal static class Networks
{
    private const string NoPooling = "noise-immunity* saw no pooling layer*";
    private const string NoConvolution = "noise-immunity-l* saw no convolution*";
    private const string NoCounted = "noise-immunity-complexity saw no convolution*";
    private const string NoPixels = "meco* saw no feature map (its activations have features alone*";
    private const string NoActivation = "* saw no activation (functional calls and layers called by forward() are not seen: use modules, and call(…))";

    private static readonly Dictionary<string, (Func<int, int, nn.Module<Tensor, Tensor>> Build, string[] Reasons)> All = new()
    {
        ["plain"] = ((channels, depth) => Plain(channels, depth, () => nn.ReLU()), []),
        ["GELU"] = ((channels, depth) => Plain(channels, depth, () => nn.GELU()), []),
        ["PReLU"] = ((channels, depth) => Plain(channels, depth, () => nn.PReLU(1)), []),
        ["Tanh"] = ((channels, depth) => Plain(channels, depth, () => nn.Tanh()), []),
        ["nested"] = ((channels, depth) => nn.Sequential(nn.Sequential(nn.Sequential(Plain(channels, depth, () => nn.SiLU())))), []),
        ["dropout"] = ((channels, depth) => nn.Sequential(nn.Dropout(0.5), Plain(channels, depth, () => nn.ReLU())), []),
        ["no activation"] = ((channels, depth) => Plain(channels, depth, () => nn.Identity()), [NoActivation]),
        ["no pooling"] = ((channels, depth) => nn.Sequential([nn.Conv2d(channels, 4, 3, padding: 1), .. Repeat(depth, () =>
            nn.Sequential(nn.ReLU(), nn.Conv2d(4, 4, 3, padding: 1))), nn.Flatten(), nn.Linear(1024, 10)]), [NoPooling]),
        ["no convolution"] = ((channels, depth) => nn.Sequential([nn.Flatten(), nn.Linear(channels * 256, 16), .. Repeat(depth, () =>
            nn.Sequential(nn.ReLU(), nn.Linear(16, 16))), nn.Unflatten(1, [1, 16]), nn.AvgPool1d(2), nn.Flatten(), nn.Linear(8, 10)]), [NoConvolution, NoCounted, NoPixels]),
        ["perceptron"] = ((channels, depth) => nn.Sequential([nn.Flatten(), nn.Linear(channels * 256, 16), .. Repeat(depth, () =>
            nn.Sequential(nn.BatchNorm1d(16), nn.LeakyReLU(0.1), nn.Linear(16, 16))), nn.Linear(16, 10)]), [NoPooling, NoPixels]),
        ["transformer"] = ((channels, depth) => new VisionTransformer(channels, depth), [NoPooling, "*synflow cannot make softmax(…) in Attention.forward() linear*"]),
        ["mobile"] = ((channels, depth) => nn.Sequential([nn.Conv2d(channels, 6, 3, stride: 2, padding: 1), .. Repeat(depth, () =>
            new InvertedResidual(6)), nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(6, 10)]), ["grasp saw no second derivative*hardsigmoid*"]),
        ["shared"] = (Shared, []),
        ["forward"] = ((channels, depth) => new CallsForward([.. Layers(channels, depth)]),
            ["naswot did not see *, which CallsForward calls by forward(): write call(…)", .. Unseen("*, which CallsForward calls by forward(): write call(…)"), "noise-immunity* did not see *", "*synflow did not see *", "fisher did not see *", "vkdnw* did not see *", "macs did not see *"]),
        ["functional"] = ((channels, depth) => new CallsRelu(nn.Conv2d(channels, 8, 3), Plain(8, depth, () => nn.ReLU())),
            ["naswot did not see relu(…) in CallsRelu.forward(): use a module", .. Unseen("relu(…) in CallsRelu.forward(): use a module")]),
        ["functional GELU"] = ((channels, depth) => new CallsGelu(nn.Conv2d(channels, 8, 3), Plain(8, depth, () => nn.ReLU())),
            ["naswot did not see gelu(…) in CallsGelu.forward(): use a module", .. Unseen("gelu(…) in CallsGelu.forward(): use a module"), "*synflow cannot make gelu(…) in CallsGelu.forward() linear*"]),
        ["parameter"] = ((channels, depth) => new MultipliesParameter(10, Plain(channels, depth, () => nn.ReLU())), []),
        ["same padding"] = ((channels, depth) => nn.Sequential([nn.Conv2d(channels, 40, 1L, Padding.Same), nn.ReLU(), .. Repeat(depth, () =>
            nn.Sequential(nn.Conv2d(40, 40, 1L, Padding.Valid), nn.ReLU(), nn.Conv2d(40, 40, 3, padding: 1, padding_mode: PaddingModes.Reflect))),
            nn.AdaptiveMaxPool2d([1, 1]), nn.Flatten(), nn.Linear(40, 10)]), []),
        ["transposed"] = ((channels, depth) => nn.Sequential([nn.Conv2d(channels, 4, 2, stride: 2), .. Repeat(depth, () =>
            nn.Sequential(nn.ReLU(), nn.ConvTranspose2d(4, 4, 3, padding: 1), nn.GroupNorm(2, 4), nn.ELU())), nn.AvgPool2d(8), nn.Flatten(), nn.Linear(4, 10)]), ["vkdnw* is not defined for ConvTranspose2d"]),
    };

    public static IEnumerable<string> Names => All.Keys;

    public static nn.Module<Tensor, Tensor> Build(string name, int channels, int depth)
    {
        nn.Module<Tensor, Tensor> network = All[name].Build(channels, depth);
        WeightInitializer.Default.Initialize(network, seed: 5);
        return network;
    }

    /// <summary>Gets the reasons, as patterns, that a network's proxies may give.</summary>
    public static IReadOnlyList<string> ReasonsOf(string name) => All[name].Reasons;

    // By the others that watch activations.
    private static string[] Unseen(string what) => [.. new[] { "swap", "swap-reg", "near", "meco", "meco-opt" }.Select(id => $"{id} did not see {what}")];

    private static Sequential Plain(int channels, int depth, Func<nn.Module<Tensor, Tensor>> activation) => nn.Sequential(
        nn.Conv2d(channels, 8, 3, padding: 1), nn.BatchNorm2d(8), nn.AvgPool2d(2),
        nn.Sequential(Repeat(depth, () => nn.Sequential(activation(), nn.Conv2d(8, 8, 3, padding: 1, bias: false), nn.BatchNorm2d(8)))),
        activation(), nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(8, 10));

    private static nn.Module<Tensor, Tensor>[] Layers(int channels, int depth) =>
    [
        nn.Conv2d(channels, 8, 3), nn.AvgPool2d(2), .. Enumerable.Range(0, depth).SelectMany(_ => new nn.Module<Tensor, Tensor>[]
        {
            nn.SiLU(), nn.Conv2d(8, 8, 3, padding: 1), nn.BatchNorm2d(8),
        }),
        nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(8, 10),
    ];

    private static Sequential Shared(int channels, int depth)
    {
        Sequential twice = nn.Sequential(nn.ReLU(), nn.Conv2d(8, 8, 3, padding: 1), nn.BatchNorm2d(8));
        return nn.Sequential(
            [nn.Conv2d(channels, 8, 3), .. Enumerable.Repeat<nn.Module<Tensor, Tensor>>(twice, depth + 1), nn.AvgPool2d(14), nn.Flatten(), nn.Linear(8, 10)]);
    }

    private static nn.Module<Tensor, Tensor>[] Repeat(int depth, Func<nn.Module<Tensor, Tensor>> layer) => [.. Enumerable.Range(0, depth).Select(_ => layer())];
}
