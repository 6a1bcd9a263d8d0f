using TorchSharp;
using static TorchSharp.torch;

namespace RankNas.Proxies.Tests.Zoo;

/// <summary>Every proxy over networks of every kind: a score, or the reason why there is none.</summary>
public class ZooTests
{
    private static readonly int[] Depths = [1, 2, 4];

    public static TheoryData<string> Names { get; } = [.. Networks.Names];

    public static TheoryData<string, ScalarType> NamesInOtherFormats { get; } =
        new MatrixTheoryData<string, ScalarType>([.. Networks.Names], [ScalarType.Float64, ScalarType.BFloat16]);

    [Theory]
    [Trait("Category", "Campaign")]
    [MemberData(nameof(Names))]
    public void Score_EachDepth_IsAScoreOfItsOwnOrAReason(string name)
    {
        using DisposeScope scope = NewDisposeScope();
        using var batch = new ProbeBatch(randn([6, 3, 16, 16], generator: new Generator(1)));
        foreach (IZeroCostProxy proxy in BuiltIn.All)
        {
            object[] outcomes = [.. Depths.Select(depth => OutcomeOf(proxy, name, depth, batch, ScalarType.Float32))];

            if (outcomes.OfType<double>().Any())
            {
                outcomes.Should().AllBeOfType<double>($"{proxy.Id} is defined for {name} or is not");
                if (!IsTheSameForAllDepths(proxy, name))
                {
                    outcomes.Distinct().Should().HaveCount(Depths.Length, $"{proxy.Id} tells depths of {name} apart");
                }
            }
            else
            {
                outcomes.Cast<string>().Should().OnlyContain(reason => reason.StartsWith($"{proxy.Id} ", StringComparison.Ordinal));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Score_ProxiesThatAreNotDefined_AreThoseOfTheList(string name)
    {
        using DisposeScope scope = NewDisposeScope();
        using var batch = new ProbeBatch(randn([6, 3, 16, 16], generator: new Generator(1)));
        string[] reasons = [.. BuiltIn.All.Select(proxy => OutcomeOf(proxy, name, 2, batch, ScalarType.Float32)).OfType<string>()];

        foreach (string reason in reasons)
        {
            Networks.ReasonsOf(name).Should().Contain(pattern => IsLike(reason, pattern), reason);
        }

        foreach (string pattern in Networks.ReasonsOf(name))
        {
            reasons.Should().Contain(reason => IsLike(reason, pattern), pattern);
        }
    }

    [Theory]
    [Trait("Category", "Campaign")]
    [MemberData(nameof(NamesInOtherFormats))]
    public void Score_OtherNumberFormats_AreDefinedWhereFloat32Is(string name, ScalarType format)
    {
        using DisposeScope scope = NewDisposeScope();
        using var batch = new ProbeBatch(randn([6, 3, 16, 16], generator: new Generator(1)));
        using var other = new ProbeBatch(batch.Images.to(format));
        foreach (IZeroCostProxy proxy in BuiltIn.All)
        {
            object expected = OutcomeOf(proxy, name, 2, batch, ScalarType.Float32);
            object outcome = OutcomeOf(proxy, name, 2, other, format);
            outcome.GetType().Should().Be(expected.GetType(), $"{proxy.Id} of {name}: {expected}, {outcome}");
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Score_GreyImages_AreAsGood(string name)
    {
        using DisposeScope scope = NewDisposeScope();
        using var batch = new ProbeBatch(randn([6, 1, 16, 16], generator: new Generator(1)));
        foreach (IZeroCostProxy proxy in BuiltIn.All)
        {
            object outcome = OutcomeOf(proxy, name, 2, batch, ScalarType.Float32, channels: 1);
            (outcome is double || Networks.ReasonsOf(name).Any(pattern => IsLike((string)outcome, pattern))).Should().BeTrue($"{proxy.Id}: {outcome}");
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Score_OneImage_IsAScoreOrAReason(string name)
    {
        using DisposeScope scope = NewDisposeScope();
        using var batch = new ProbeBatch(randn([1, 3, 16, 16], generator: new Generator(1)));
        OutcomeOf(new NtkConditionNumber(), name, 2, batch, ScalarType.Float32, allowOthers: true).Should().BeOfType<string>();
        OutcomeOf(new Naswot(), name, 2, batch, ScalarType.Float32, allowOthers: true).Should().BeOfType<string>();
        foreach (IZeroCostProxy proxy in BuiltIn.All)
        {
            OutcomeOf(proxy, name, 2, batch, ScalarType.Float32, allowOthers: true).Should().NotBeNull();
        }
    }

    // Shared weights are as many however often they are called; the authors' form is 0 for small networks; over six images, all 64 patterns are shown; the
    // transformer has fewer tokens than channels.
    private static bool IsTheSameForAllDepths(IZeroCostProxy proxy, string name) =>
        (name == "shared" && proxy is ParameterCount or RegularizedSwap) || proxy is Swap || (name == "transformer" && proxy.Id == "meco") || proxy.Id == "noise-immunity-complexity";

    private static bool IsLike(string reason, string pattern) => System.IO.Enumeration.FileSystemName.MatchesSimpleExpression(pattern, reason);

    private static object OutcomeOf(
        IZeroCostProxy proxy, string name, int depth, ProbeBatch batch, ScalarType format, int channels = 3, bool allowOthers = false)
    {
        using nn.Module<Tensor, Tensor> network = Networks.Build(name, channels, depth);
        network.to(format);
        try
        {
            double score = proxy.Score(network, batch);
            double.IsFinite(score).Should().BeTrue($"{proxy.Id} of {name} at depth {depth} is {score}");
            return score;
        }
        catch (ProxyNotApplicableException exception)
        {
            return exception.Message;
        }
        catch (Exception exception) when (allowOthers && exception is ArgumentException or InvalidOperationException or System.Runtime.InteropServices.ExternalException)
        {
            // BatchNorm1d has no statistics of one row, which libtorch says.
            return exception.Message;
        }
    }
}
