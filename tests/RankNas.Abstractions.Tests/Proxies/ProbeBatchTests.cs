using RankNas.Proxies;
using static TorchSharp.torch;

namespace RankNas.Abstractions.Tests.Proxies;

public class ProbeBatchTests
{
    [Theory]
    [InlineData(new long[] { 8 }, "[8] in Float32")]
    [InlineData(new long[] { 0, 3, 8, 8 }, "[0, 3, 8, 8] in Float32")]
    public void Images_OfAnotherShape_SayWhatTheyMustBe(long[] shape, string found)
    {
        using Tensor images = zeros(shape);
        FluentActions.Invoking(() => new ProbeBatch(images)).Should().Throw<ArgumentException>().WithParameterName("images")
            .WithMessage($"Images are [N, C, H, W], rows [N, F] and sequences [N, T, F], in floating point with N at least 1, not {found}.*");
    }

    [Fact]
    public void Images_OfIntegers_SayWhatTheyMustBe()
    {
        using Tensor images = zeros([2, 3, 8, 8], ScalarType.Byte);
        FluentActions.Invoking(() => new ProbeBatch(images)).Should().Throw<ArgumentException>().WithParameterName("images")
            .WithMessage("Images are *, not [2, 3, 8, 8] in Byte.*");
    }

    [Theory]
    [InlineData(new long[] { 3 }, ScalarType.Int64, "[3] in Int64")]
    [InlineData(new long[] { 2, 1 }, ScalarType.Int64, "[2, 1] in Int64")]
    [InlineData(new long[] { 2 }, ScalarType.Float32, "[2] in Float32")]
    [InlineData(new long[] { 2 }, ScalarType.Int32, "[2] in Int32")]
    public void Labels_ThatDoNotFit_SayWhatTheyMustBe(long[] shape, ScalarType type, string found)
    {
        using Tensor images = zeros([2, 3, 8, 8]);
        using Tensor labels = zeros(shape, type);
        FluentActions.Invoking(() => new ProbeBatch(images, labels)).Should().Throw<ArgumentException>().WithParameterName("labels")
            .WithMessage($"Labels are [2] in Int64, one for each image, not {found}.*");
    }

    [Fact]
    public void WithoutImages_Throws() =>
        FluentActions.Invoking(() => new ProbeBatch(null!)).Should().Throw<ArgumentNullException>().WithParameterName("images");

    [Theory]
    [InlineData(ScalarType.Float32)]
    [InlineData(ScalarType.Float64)]
    [InlineData(ScalarType.BFloat16)]
    public void ABatch_OutlivesTheTensorsAndScopesItWasMadeFrom(ScalarType type)
    {
        ProbeBatch batch;
        using (NewDisposeScope())
        {
            using Tensor images = arange(2 * 3 * 4 * 4, dtype: ScalarType.Float32).reshape(2, 3, 4, 4).to(type);
            using Tensor labels = tensor(new long[] { 4, 2 });
            batch = new ProbeBatch(images, labels);
        }

        using (batch)
        {
            using (NewDisposeScope())
            {
                _ = batch.NoisyImages;
            }

            batch.Size.Should().Be(2);
            batch.Images.dtype.Should().Be(type);
            batch.Labels!.data<long>().ToArray().Should().Equal(4, 2);
            batch.Images[0, 0, 0, 3].to(ScalarType.Float64).item<double>().Should().Be(3);
            batch.Noise.dtype.Should().Be(type);
            using Tensor sum = batch.Images + batch.Noise;
            sum.equal(batch.NoisyImages).all().item<bool>().Should().BeTrue();
        }
    }

    [Fact]
    public void Noise_IsDrawnFromItsSeed_OnceAndForAll()
    {
        using Tensor images = zeros([2, 3, 4, 4]);
        using var batch = new ProbeBatch(images, noise: NoiseGenerator.SplitMix, noiseSeed: 5);
        using Tensor drawn = NoiseGenerator.SplitMix.Draw([2, 3, 4, 4], 5);
        using Tensor expected = drawn.to(ScalarType.Float32);
        batch.Noise.allclose(expected).Should().BeTrue();
        batch.Noise.Should().BeSameAs(batch.Noise);
        batch.NoisyImages.Should().BeSameAs(batch.NoisyImages);
    }

    [Fact]
    public void Noise_IsGaussianFromSeedZero_WhereNothingIsSaid()
    {
        using Tensor images = zeros([2, 3, 4, 4]);
        using var batch = new ProbeBatch(images);
        using Tensor drawn = NoiseGenerator.Gaussian.Draw([2, 3, 4, 4], 0);
        batch.Labels.Should().BeNull();
        batch.Noise.allclose(drawn).Should().BeTrue();
    }

    [Fact]
    public void Noise_FirstAskedForInInferenceMode_ServesGradientsLater()
    {
        using Tensor images = zeros([2, 3, 4, 4]);
        using var batch = new ProbeBatch(images);
        using (inference_mode())
        {
            _ = batch.NoisyImages;
        }

        using Tensor weight = ones(1, requires_grad: true);
        using Tensor product = (batch.NoisyImages * weight).sum();
        product.backward();
        weight.grad!.item<float>().Should().BeApproximately(batch.NoisyImages.sum().item<float>(), 1e-3f);
    }

    [Fact]
    public void Dispose_FreesItsOwnTensors_AndLeavesTheCallers()
    {
        using Tensor images = zeros([2, 3, 4, 4]);
        var batch = new ProbeBatch(images);
        Tensor[] own = [batch.Images, batch.Noise, batch.NoisyImages];
        batch.Dispose();
        own.Should().OnlyContain(tensor => tensor.IsInvalid);
        images.IsInvalid.Should().BeFalse();
    }
}
