using CsCheck;
using RankNas.Graphs;
using RankNas.Kernels.Convolutions;
using RankNas.Kernels.Execution;
using RankNas.Kernels.Memory;
using RankNas.Kernels.Tests.Support;
using RankNas.Proxies;
using RankNas.Torch;
using TorchSharp;
using static RankNas.Kernels.Tests.Support.Tensors;
using static TorchSharp.torch;

namespace RankNas.Kernels.Tests.Execution;

/// <summary>Chains of convolutions whose BatchNorms are left to those who read them.</summary>
public class ReadNormalizationTests
{
    private const double LargestError = 1e-4;

    private static readonly Gen<(NetworkGraph Graph, int Batch, int Seed)> Chains = Gen.Select(
        Gen.Select(Gen.Int[1, 18], Gen.Int[1, 18]), Gen.Int[1, 40], Gen.Int[1, 7], Gen.Select(Gen.Int[1, 5], Gen.Int[1, 2], Gen.Int[1, 2]), Gen.Int[2, 33], Gen.Int[0, 10000])
        .Select((size, width, expansion, window, batch, seed) => (ChainOf(size, width, expansion, window, seed), batch, seed));

    [Fact]
    public void Logits_ErrNoMoreThanLibtorchs() => Chains.Sample(
        drawn =>
        {
            using var scope = NewDisposeScope();
            using GraphModule module = Pass.NewModule(drawn.Graph, drawn.Seed);
            Tensor images = Pass.Images(drawn.Graph, drawn.Batch, drawn.Seed);
            Tensor own = Pass.Execute(module, images, LayerKinds.None).Logits, libtorch = Pass.Execute(module, images, LayerKinds.None, byKernels: false).Logits;
            module.to(ScalarType.Float64);
            Tensor exact = Pass.Watch(module, images.to(ScalarType.Float64)).Logits;
            Difference(exact, own).Should().BeLessThan(LargestError + (20 * Difference(exact, libtorch)));
        },
        iter: 100);

    [Fact]
    public void Signs_AreThoseOfTheActivationsInputs() => Chains.Sample(
        drawn =>
        {
            using var scope = NewDisposeScope();
            using GraphModule module = Pass.NewModule(drawn.Graph, drawn.Seed);
            Tensor images = Pass.Images(drawn.Graph, drawn.Batch, drawn.Seed);
            using var arena = new ActivationArena();
            var counted = new SignCounter();
            new GraphExecutor(module, new PassMemory(arena)).Forward(images, counted);
            Tensor[] seen = [.. Pass.Execute(module, images, LayerKinds.Activation).Reports.Select(report => report.Input)];

            // A value as good as 0, by what float32 adds up to in a chain of blocks, may be on either side.
            double unclear = seen.Sum(input => input.abs().lt(Filled(empty(1), 1e-4)).sum().item<long>());
            double[] expected = Sum(seen.Select(CountsOf)), actual = Sum(counted.Counts);
            counted.Counts.Should().HaveCount(seen.Length);
            actual.Zip(expected).Sum(pair => Math.Abs(pair.First - pair.Second)).Should().BeLessThanOrEqualTo(unclear);
            counted.Units.Should().Be(seen.Sum(input => input.numel() / drawn.Batch));
        },
        iter: 60);

    [Fact]
    public void Signs_OfAnInvertedResidualBlock_AreAllNotedAsTheyAreRead()
    {
        using var scope = NewDisposeScope();
        NetworkGraph graph = Graph.Images(new NetworkShape { Height = 16, Width = 16 }).Conv(16, 3).BatchNorm().Relu()
            .Conv(48, 1).BatchNorm().Relu().DepthwiseConv(5, 2).BatchNorm().Relu6().Conv(24, 1).BatchNorm().GlobalAveragePool().Linear(10).Build();
        using GraphModule module = Pass.NewModule(graph, seed: 1);
        using var arena = new ActivationArena();
        var counted = new SignCounter();
        new GraphExecutor(module, new PassMemory(arena)).Forward(Pass.Images(graph, 20, 1), counted);
        counted.Noted.Should().Be(InstructionSet.HasMultiplyAdd ? 3 : 0);
    }

    [Fact]
    public void MomentsByCovariance_AreThoseOfTheProduct() => Gen.Select(Gen.Int[1, 40], Gen.Int[1, 60], Gen.Int[2, 40], Gen.Int[0, 10000]).Sample(
        (channels, outChannels, batch, seed) =>
        {
            using var scope = NewDisposeScope();
            Tensor images = TensorLayout.ChannelsLast(NoiseGenerator.Gaussian.Draw([batch, channels, 5, 3], seed)).AddInPlace(Filled(empty(1), seed % 7));
            Tensor weight = NoiseGenerator.Gaussian.Draw([outChannels, channels], seed + 1);
            var weights = new ConvolutionWeights(TensorMemory.ValuesOf<float>(weight), []);
            PixelMemory<Float32Value> memory = PixelMemory<Float32Value>.Open(images);
            var reading = new PixelReading(seed % 2 == 0 ? Clamp.None : new Clamp(0, 6));
            if (ChannelCovariance.Of(memory, reading).MomentsOf(weights, outChannels) is { } moments)
            {
                float[] one = [.. Enumerable.Repeat(1f, outChannels)], zero = new float[outChannels];
                ChannelFactors expected = PointwiseKernel.MomentsOf(outChannels, memory, weights, reading).FactorsOf(one, zero, 1e-5), actual = moments.FactorsOf(one, zero, 1e-5);
                actual.Scale.Should().Equal(expected.Scale, (left, right) => Math.Abs(left - right) <= 1e-3 * Math.Abs(right));
                actual.Shift.Should().Equal(expected.Shift, (left, right) => Math.Abs(left - right) <= 1e-3 * (1 + Math.Abs(right)));
            }
        },
        iter: 60);

    [Fact]
    public void MomentsByCovariance_OfWhatCancels_AreRefused()
    {
        using var scope = NewDisposeScope();
        Tensor one = NoiseGenerator.Gaussian.Draw([8, 1, 6, 6], 1);
        Tensor images = TensorLayout.ChannelsLast(cat([one, one], 1));
        ChannelCovariance covariance = ChannelCovariance.Of(PixelMemory<Float32Value>.Open(images), new PixelReading(Clamp.None));
        covariance.MomentsOf(new ConvolutionWeights([1, -1], []), 1).Should().BeNull();
        covariance.MomentsOf(new ConvolutionWeights([1, 1], []), 1).Should().NotBeNull();
    }

    private static NetworkGraph ChainOf((int Height, int Width) size, int width, int expansion, (int Kernel, int Stride, int Blocks) window, int seed)
    {
        var draw = new Random(seed);
        GraphValue x = Graph.Images(new NetworkShape { Height = size.Height, Width = size.Width }).Conv(width, 3).BatchNorm();
        x = draw.Next(2) == 0 ? x.Relu() : x;
        for (int block = 0; block < window.Blocks; block++)
        {
            int padding = window.Kernel / 2;
            GraphValue wide = x.Conv(width * expansion, 1, bias: draw.Next(2) == 0).BatchNorm();
            wide = draw.Next(3) switch { 0 => wide, 1 => wide.Relu(), _ => wide.Relu6() };
            GraphValue filtered = wide.Conv(wide.Channels, (window.Kernel, window.Kernel), window.Stride, (padding, padding), (1, 1), wide.Channels, bias: draw.Next(2) == 0).BatchNorm().Relu();
            GraphValue output = filtered.Conv(width, 1).BatchNorm();
            x = output.Shape.SequenceEqual(x.Shape) && draw.Next(2) == 0 ? output + x : output;
        }

        return x.Relu().GlobalAveragePool().Linear(10).Build();
    }

    // How many values of each image are greater than 0.
    private static double[] CountsOf(Tensor input) =>
        [.. input.gt(zeros(1)).reshape(input.shape[0], -1).sum(1).to(ScalarType.Float64).data<double>().ToArray()];

    private static double[] Sum(IEnumerable<double[]> counts) => counts.Aggregate((left, right) => [.. left.Zip(right, (one, other) => one + other)]);

    private sealed class SignCounter : ILayerSink
    {
        public LayerKinds Kinds => LayerKinds.Activation;

        bool ILayerSink.ReadsSignsAlone => true;

        public List<double[]> Counts { get; } = [];

        public long Units { get; private set; }

        public int Noted { get; private set; }

        public void Take(LayerInput input)
        {
            if (input.Signs is { } signs)
            {
                Noted++;
                Units += signs.Units;
                Counts.Add([.. Enumerable.Range(0, (int)input.Shape[0]).Select(image => (double)signs.WordsOf(image).ToArray().Sum(word => System.Numerics.BitOperations.PopCount(word)))]);
            }
            else
            {
                Units += input.Tensor.numel() / input.Shape[0];
                Counts.Add(CountsOf(input.Tensor));
            }
        }
    }
}
