#!/usr/bin/env dotnet
#:project ../../src/RankNas
#:package TorchSharp-cpu@0.107.0
#:property PublishAot=false

// Scores a network of one's own by several proxies, without training: dotnet run -c Release score-own-network.cs
using RankNas;
using RankNas.Images;
using RankNas.Proxies;
using RankNas.Torch;
using static TorchSharp.torch;

TorchRuntime.EnsureLoaded();
var images = ProbeImages.Synthetic(count: 32);
using var batch = new ProbeBatch(images.Take(32, ScalarType.Float32, CPU));
IZeroCostProxy[] proxies = [new Naswot(), new LogSynFlow(), new GradientNorm(), new Fisher()];

foreach (int width in (int[])[8, 16, 32])
{
    using var network = nn.Sequential(
        nn.Conv2d(3, width, 3, padding: 1, bias: false), nn.BatchNorm2d(width), nn.ReLU(), nn.MaxPool2d(2),
        nn.Conv2d(width, 2 * width, 3, padding: 1, bias: false), nn.BatchNorm2d(2 * width), nn.ReLU(),
        nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(2 * width, 10));

    // The same seed, the same weights, the same scores.
    WeightInitializer.Default.Initialize(network, seed: 1);
    Console.WriteLine($"width {width,2}: {string.Join("  ", proxies.Select(proxy => $"{proxy.Id} {proxy.Score(network, batch):G5}"))}");
}
