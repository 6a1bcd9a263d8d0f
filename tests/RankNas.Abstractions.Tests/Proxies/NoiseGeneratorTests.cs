using RankNas.Abstractions.Tests.Support;
using RankNas.Proxies;
using static TorchSharp.torch;

namespace RankNas.Abstractions.Tests.Proxies;

public class NoiseGeneratorTests
{
    private static readonly long[] Shape = [2, 3, 8, 8];

    public static TheoryData<string> Ids => ["gaussian", "splitmix"];

    [Theory]
    [MemberData(nameof(Ids))]
    public void Draw_SameSeed_GivesTheSameNoise_AndAnotherSeedOther(string id)
    {
        NoiseGenerator generator = Generator(id);
        generator.Id.Should().Be(id);
        double[] noise = Drawn(generator, 3);
        Drawn(generator, 3).Should().Equal(noise);
        Drawn(generator, 4).Should().NotEqual(noise);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Draw_HasTheShape_AndMeanZeroAndVarianceOne(string id)
    {
        using Tensor drawn = Generator(id).Draw([16, 3, 32, 32], 1);
        using Tensor noise = drawn.to(ScalarType.Float32);
        noise.shape.Should().Equal(16, 3, 32, 32);
        using Tensor mean = noise.mean();
        using Tensor deviation = noise.std();
        mean.item<float>().Should().BeApproximately(0, 0.02f);
        deviation.item<float>().Should().BeApproximately(1, 0.02f);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(12)]
    public void SplitMix_IsStreamSeven_MovedByTheSeed(long seed)
    {
        double[] noise = Drawn(NoiseGenerator.SplitMix, seed);
        noise.Select((value, k) => Math.Abs(value - Reference.SplitMix(7 + seed, k))).Max().Should().BeLessThan(1e-15);
    }

    private static NoiseGenerator Generator(string id) => id == "gaussian" ? NoiseGenerator.Gaussian : NoiseGenerator.SplitMix;

    private static double[] Drawn(NoiseGenerator generator, long seed)
    {
        using Tensor noise = generator.Draw(Shape, seed);
        using Tensor wide = noise.to(ScalarType.Float64);
        return wide.data<double>().ToArray();
    }
}
