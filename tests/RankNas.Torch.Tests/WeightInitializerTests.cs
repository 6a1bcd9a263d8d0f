using RankNas.Abstractions.Tests.Support;
using RankNas.Proxies;
using RankNas.Torch.Tests.Support;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace RankNas.Torch.Tests;

public class WeightInitializerTests
{
    private static readonly WeightSeed Seed = new(5, "8:16", Repeat: 1);

    public static TheoryData<string> Ids => ["default", "splitmix"];

    [Theory]
    [MemberData(nameof(Ids))]
    public void Id_IsItsName(string id) => Initializer(id).Id.Should().Be(id);

    [Theory]
    [InlineData("conv.weight", SmallNetwork.FanInOfConvolution)]
    [InlineData("conv.bias", SmallNetwork.FanInOfConvolution)]
    [InlineData("groups.weight", SmallNetwork.FanInOfGroups)]
    [InlineData("linear.weight", SmallNetwork.FanInOfLinear)]
    [InlineData("linear.bias", SmallNetwork.FanInOfLinear)]
    public void Default_IsUniform_WithinOneOverTheRootOfFanIn(string parameter, int fanIn)
    {
        double bound = 1 / Math.Sqrt(fanIn);
        double[] values = [.. Enumerable.Range(0, 50).SelectMany(seed => Weights(WeightInitializer.Default, new WeightSeed(seed))[parameter])];
        values.Max().Should().BeInRange(0.97 * bound, bound * (1 + 1e-6));
        values.Min().Should().BeInRange(-bound * (1 + 1e-6), -0.97 * bound);
        values.Average().Should().BeApproximately(0, 5 * bound / Math.Sqrt(3.0 * values.Length));
        values.Average(value => value * value).Should().BeApproximately(bound * bound / 3, 0.15 * bound * bound / 3);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Normalizations_HaveWeightOneAndBiasZero(string id)
    {
        Dictionary<string, double[]> values = Weights(Initializer(id), Seed);
        values["norm.weight"].Concat(values["layer.weight"]).Should().HaveCount(32).And.OnlyContain(value => value == 1);
        values["norm.bias"].Concat(values["layer.bias"]).Should().HaveCount(32).And.OnlyContain(value => value == 0);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void EveryPrecision_GetsTheSameWeights(string id)
    {
        Dictionary<string, double[]> single = Weights(Initializer(id), Seed);
        Dictionary<string, double[]> half = Weights(Initializer(id), Seed, ScalarType.BFloat16);
        foreach ((string name, double[] values) in Weights(Initializer(id), Seed, ScalarType.Float64))
        {
            // Both draw in one precision; what is drawn in float64 is the same but for rounding.
            values.Select(value => (double)(float)value).Should().Equal(single[name]);
            values.Zip(half[name], (value, rounded) => Math.Abs(value - rounded)).Max().Should().BeLessThan(0.01);
        }
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void ALayoutInMemory_DoesNotChangeTheWeights(string id)
    {
        using var network = nn.Conv2d(3, 8, 3);
        using var laidOut = nn.Conv2d(3, 8, 3);
        using (Tensor channelsLast = TensorLayout.ChannelsLast(laidOut.weight!))
        {
            laidOut.weight = new Parameter(channelsLast);
        }

        laidOut.weight.is_contiguous().Should().BeFalse();
        Initializer(id).Initialize(network, Seed);
        Initializer(id).Initialize(laidOut, Seed);
        SmallNetwork.ValuesOf(laidOut)["weight"].Should().Equal(SmallNetwork.ValuesOf(network)["weight"]);
    }

    [Fact]
    public void Default_AnyOtherSeedArchitectureOrRepeat_GivesOtherWeights() =>
        new[] { Seed, Seed with { Seed = 6 }, Seed with { Architecture = "16:8" }, Seed with { Repeat = 2 } }
            .Select(seed => Weights(WeightInitializer.Default, seed)["conv.weight"][0]).Should().OnlyHaveUniqueItems();

    [Fact]
    public void APlainSeed_IsASeedWithoutArchitecture()
    {
        using var network = SmallNetwork.Create();
        WeightInitializer.Default.Initialize(network, 9);
        SmallNetwork.ValuesOf(network)["linear.weight"].Should().Equal(Weights(WeightInitializer.Default, new WeightSeed(9))["linear.weight"]);
    }

    [Fact]
    public void Default_APartSharedBetweenModules_IsSetOnce()
    {
        using var shared = nn.Linear(4, 4);
        using var once = nn.Sequential(("first", shared));
        WeightInitializer.Default.Initialize(once, Seed);
        double[] values = SmallNetwork.ValuesOf(shared)["weight"];
        using var twice = nn.Sequential(("first", shared), ("second", shared));
        WeightInitializer.Default.Initialize(twice, Seed);
        SmallNetwork.ValuesOf(shared)["weight"].Should().Equal(values);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(11, 0)]
    [InlineData(11, 3)]
    public void SplitMix_FollowsTheFormula(long seed, int repeat)
    {
        Dictionary<string, double[]> values = Weights(WeightInitializer.SplitMix, new WeightSeed(seed, "any", repeat), ScalarType.Float64);
        foreach ((string name, int fanIn) in new[]
        {
            ("conv.weight", SmallNetwork.FanInOfConvolution), ("groups.weight", SmallNetwork.FanInOfGroups), ("linear.weight", SmallNetwork.FanInOfLinear),
        })
        {
            double deviation = Math.Sqrt(2.0 / fanIn);
            values[name].Select((value, k) => Math.Abs(value - deviation * Reference.SplitMix(Reference.StreamOf(name, seed, repeat), k)))
                .Max().Should().BeLessThan(1e-15);
        }

        values["conv.bias"].Concat(values["linear.bias"]).Should().OnlyContain(value => value == 0);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void WithoutANetwork_Throws(string id) =>
        FluentActions.Invoking(() => Initializer(id).Initialize(null!, Seed)).Should().Throw<ArgumentNullException>().WithParameterName("network");

    private static WeightInitializer Initializer(string id) => id == "default" ? WeightInitializer.Default : WeightInitializer.SplitMix;

    private static Dictionary<string, double[]> Weights(WeightInitializer initializer, WeightSeed seed, ScalarType? precision = null)
    {
        using Sequential network = SmallNetwork.Create(precision);
        initializer.Initialize(network, seed);
        return SmallNetwork.ValuesOf(network);
    }
}
