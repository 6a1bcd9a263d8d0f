using CsCheck;
using RankNas.Graphs;
using RankNas.Kernels.Convolutions;
using RankNas.Kernels.Memory;
using RankNas.Proxies;
using static RankNas.Kernels.Tests.Support.Tensors;
using static TorchSharp.torch;

namespace RankNas.Kernels.Tests.Convolutions;

public class ChannelWindowKernelTests
{
    [Fact]
    public void Convolve_IsLibtorchs_AndGradientsAreItsTransposes() => Gen.Select(
        Gen.Select(Gen.Int[1, 12], Gen.Int[1, 12]), Gen.Int[1, 37], Gen.Select(Gen.Int[1, 5], Gen.Int[1, 5]), Gen.Select(Gen.Int[1, 3], Gen.Int[0, 3], Gen.Int[1, 2]), Gen.Int[0, 10000])
        .Where((size, _, kernel, rest, _) => OutputOf(size.Item1, kernel.Item1, rest) > 0 && OutputOf(size.Item2, kernel.Item2, rest) > 0)
        .Sample((size, channels, kernel, rest, seed) =>
        {
            using var scope = NewDisposeScope();
            (int stride, int padding, int dilation) = rest;
            Size2D output = (OutputOf(size.Item1, kernel.Item1, rest), OutputOf(size.Item2, kernel.Item2, rest));
            var window = new ChannelWindow((kernel.Item1, kernel.Item2), stride, padding, dilation, (size.Item1, size.Item2), output, channels);
            Tensor image = Drawn(seed, size.Item1, size.Item2, channels), weights = Drawn(seed + 1, kernel.Item1, kernel.Item2, channels), other = Drawn(seed + 2, output.Height, output.Width, channels);
            float[] convolved = new float[output.Height * output.Width * channels], correlated = new float[window.Places * channels], spread = new float[size.Item1 * size.Item2 * channels];
            ChannelWindowKernel.Convolve(window, TensorMemory.ValuesOf<float>(image), TensorMemory.ValuesOf<float>(weights), convolved);
            ChannelWindowKernel.Correlate(window, TensorMemory.ValuesOf<float>(image), TensorMemory.ValuesOf<float>(other), correlated);
            ChannelWindowKernel.Spread(window, TensorMemory.ValuesOf<float>(other), TensorMemory.ValuesOf<float>(weights), spread);

            Tensor expected = nn.functional.conv2d(
                image.permute(2, 0, 1).unsqueeze(0).to(ScalarType.Float64), weights.permute(2, 0, 1).unsqueeze(1).to(ScalarType.Float64), null,
                [stride, stride], [padding, padding], [dilation, dilation], channels).squeeze(0).permute(1, 2, 0);
            Difference(expected, tensor(convolved).view(expected.shape)).Should().BeLessThan(1e-5);
            double product = Product(tensor(convolved), other);
            Product(tensor(correlated), weights).Should().BeApproximately(product, 1e-4 * (1 + convolved.Length));
            Product(tensor(spread), image).Should().BeApproximately(product, 1e-4 * (1 + convolved.Length));
        });

    private static int OutputOf(int size, int kernel, (int Stride, int Padding, int Dilation) rest) =>
        size + (2 * rest.Padding) < (rest.Dilation * (kernel - 1)) + 1 ? 0 : ((size + (2 * rest.Padding) - (rest.Dilation * (kernel - 1)) - 1) / rest.Stride) + 1;

    private static Tensor Drawn(int seed, params long[] shape) => NoiseGenerator.Gaussian.Draw(shape, seed);

    private static double Product(Tensor left, Tensor right) => left.reshape(-1).to(ScalarType.Float64).mul(right.reshape(-1)).sum().item<double>();
}
