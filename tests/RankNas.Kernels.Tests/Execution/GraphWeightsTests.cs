using CsCheck;
using RankNas.Graphs;
using RankNas.Kernels.Tests.Support;
using RankNas.Torch;
using TorchSharp;
using static RankNas.Kernels.Tests.Support.Tensors;
using static TorchSharp.torch;

namespace RankNas.Kernels.Tests.Execution;

public class GraphWeightsTests
{
    private static readonly WeightInitializer[] Initializers = [WeightInitializer.Default, WeightInitializer.SplitMix];

    [Fact]
    public void Initialize_WithoutLayers_GivesTheSameWeights() => RandomGraphs.All.Select(Gen.Int[0, 1]).Sample(
        (graph, initializer) =>
        {
            using var scope = NewDisposeScope();
            using GraphModule module = graph.ToModule(Initializers[initializer], seed: 7);
            using GraphWeights weights = NewWeights(graph, Initializers[initializer], ScalarType.Float32);
            foreach ((string name, TorchSharp.Modules.Parameter parameter) in module.named_parameters())
            {
                weights.Weight(name).equal(parameter).all().item<bool>().Should().BeTrue(name);
            }
        },
        iter: 200);

    [Theory]
    [InlineData(ScalarType.Float32, 1e-6)]
    [InlineData(ScalarType.BFloat16, 1e-2)]
    [InlineData(ScalarType.Float64, 1e-14)]
    public void Logits_WithoutLayers_AreTheSame(ScalarType dtype, double most) => RandomGraphs.All.Sample(
        graph =>
        {
            using var scope = NewDisposeScope();
            using GraphModule module = graph.ToModule(seed: 7);
            using GraphWeights weights = NewWeights(graph, WeightInitializer.Default, dtype);
            Tensor images = Pass.Images(graph, 4, 1, dtype);
            Tensor precise = ActivationPasses.Logits(module.to(ScalarType.Float64), images.to(ScalarType.Float64));
            Tensor byLayers = ActivationPasses.Logits(module.to(dtype), images).to(ScalarType.Float64), byWeights = ActivationPasses.Logits(weights, images).to(ScalarType.Float64);

            // The order of libtorch's sums depends on where the weights lie: as far as rounding goes both may err.
            Difference(byLayers, byWeights).Should().BeLessThan(Math.Max(most, 4 * Math.Max(Difference(byLayers, precise), Difference(byWeights, precise))));
        },
        iter: 100);

    [Fact]
    public void Forward_WithoutLayers_IsTheModules() => RandomGraphs.All.Sample(
        graph =>
        {
            using var scope = NewDisposeScope();
            using GraphModule module = graph.ToModule(seed: 7);
            using GraphWeights weights = NewWeights(graph, WeightInitializer.Default, ScalarType.Float64);
            Tensor images = Pass.Images(graph, 4, 1, ScalarType.Float64);
            module.to(ScalarType.Float64);
            using var state = new NetworkStateGuard(module);
            state.UseBatchStatistics();
            Difference(module.call(images), weights.call(images)).Should().BeLessThan(1e-12);
        },
        iter: 50);

    private static GraphWeights NewWeights(NetworkGraph graph, WeightInitializer initializer, ScalarType dtype)
    {
        var weights = new GraphWeights(graph, dtype);
        initializer.InitializeWithoutLayers(weights, new WeightSeed(7));
        return weights;
    }
}
