using RankNas.Graphs;
using RankNas.Kernels;
using RankNas.Kernels.Memory;
using RankNas.SearchSpaces;
using RankNas.Torch;
using static TorchSharp.torch;

namespace RankNas.Proxies.Tests;

/// <summary>What a worker holds for the largest network of NATS-Bench's size space.</summary>
public class LargestNetworkTests
{
    // Six tensors of 32 MB at once, those for noise immunity of the clean pass among them, are 192 of the 256 MB.
    [Fact]
    public void PassesAndFlow_OfABatchOf128_FitIntoOneBlock()
    {
        var space = new NatsSizeSpace();
        using GraphModule module = space.Describe(space.Parse("64:64:64:64:64"), new NetworkShape()).ToModule();
        WeightInitializer.Default.Initialize(module, seed: 1);
        using var batch = new ProbeBatch(ones(128, 3, 32, 32));
        using ActivationArena arena = ActivationArena.ForThisThread();
        IActivationProxy[] proxies = [new NoiseImmunity().ForGraph(module.Graph), new Naswot()];
        IActivationObserver[] observers = [.. proxies.Select(proxy => proxy.CreateObserver(batch))];
        ActivationPasses.Run(module, batch, [.. proxies.Zip(observers)]);
        Array.ForEach(observers, observer => observer.Dispose());
        new LogSynFlow().Score(module, batch).Should().BePositive();
        arena.Length.Should().Be(256 << 20);
    }
}
