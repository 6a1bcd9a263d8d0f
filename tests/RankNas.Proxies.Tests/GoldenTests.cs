using RankNas.Kernels;
using static TorchSharp.torch;

namespace RankNas.Proxies.Tests;

/// <summary>Every proxy against an independent program, by the networks' own passes and by hooks.</summary>
public class GoldenTests
{
    private const long MostMacs = 100_000_000;

    private static readonly (IZeroCostProxy Proxy, string Figure)[] Proxies =
    [
        (new Naswot(), "naswot"),
        (new NoiseImmunity(NoiseImmunityForm.Eta), "noise_immunity_eta"),
        (new NoiseImmunity(NoiseImmunityForm.Complexity), "noise_immunity_complexity"),
        (new LogSynFlow(), "logsynflow"),
        (new SynFlow(), "synflow"),
    ];

    public static TheoryData<string> Golden { get; } = [.. GoldenCase.All().Select(golden => golden.Arch)];

    // Passes of large networks in float64 take seconds.
    public static IEnumerable<TheoryDataRow<string>> GoldenInFloat64 { get; } = GoldenCase.All().Select(golden =>
    {
        var row = new TheoryDataRow<string>(golden.Arch);
        return golden.Macs < MostMacs ? row : row.WithTrait("Category", "Campaign");
    });

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(GoldenInFloat64))]
    public void Score_Float64_IsGolden(string arch) => Check(arch, ScalarType.Float64, byHooks: false, 1e-6);

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Golden))]
    public void Score_Float32_IsGolden(string arch) => Check(arch, ScalarType.Float32, byHooks: false, 1e-4);

    // Hooks in float64 are slow: the large networks are left to float32.
    public static TheoryData<string> SmallGolden { get; } =
        [.. GoldenCase.All().Where(golden => golden.Macs < MostMacs).Select(golden => golden.Arch)];

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(SmallGolden))]
    public void Score_ByHooksInFloat64_IsGolden(string arch) => Check(arch, ScalarType.Float64, byHooks: true, 1e-6);

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Golden))]
    public void Score_ByHooksInFloat32_IsGolden(string arch) => Check(arch, ScalarType.Float32, byHooks: true, 1e-4);

    // What a GPU runs, on the CPU.
    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Golden))]
    public void Score_ByTensorRoutinesInFloat32_IsGolden(string arch)
    {
        using IDisposable off = KernelUse.Off();
        Check(arch, ScalarType.Float32, byHooks: false, 1e-4);
    }

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(SmallGolden))]
    public void Score_ByTensorRoutinesInFloat64_IsGolden(string arch)
    {
        using IDisposable off = KernelUse.Off();
        Check(arch, ScalarType.Float64, byHooks: false, 1e-6);
    }

    private static void Check(string arch, ScalarType type, bool byHooks, double tolerance)
    {
        GoldenCase golden = GoldenCase.Of(arch);
        using ProbeBatch batch = golden.Batch(type);
        nn.Module<Tensor, Tensor> network = golden.BuildNetwork(type);
        using nn.Module<Tensor, Tensor> scored = byHooks ? new Opaque(network) : network;
        double[] scores = type == ScalarType.Float64 ? ScoreTogether(scored, batch) : [.. Proxies.Select(pair => pair.Proxy.Score(scored, batch))];
        foreach (((IZeroCostProxy proxy, string figure), double score) in Proxies.Zip(scores))
        {
            score.Should().BeApproximately(golden[figure], Math.Abs(golden[figure]) * tolerance, $"{proxy.Id} of {arch} is golden");
        }
    }

    // Passes in float64 are slow, so that all share one clean and one noisy one, as they do in a search.
    private static double[] ScoreTogether(nn.Module<Tensor, Tensor> network, ProbeBatch batch)
    {
        IActivationObserver?[] observers = [.. Proxies.Select(pair => (pair.Proxy as IActivationProxy)?.CreateObserver(batch))];
        (IActivationProxy, IActivationObserver)[] watching =
            [.. Proxies.Zip(observers).Where(pair => pair.Second is not null).Select(pair => ((IActivationProxy)pair.First.Proxy, pair.Second!))];
        ActivationPasses.Run(network, batch, watching);
        double[] scores = [.. Proxies.Zip(observers).Select(pair => pair.Second?.Complete() ?? pair.First.Proxy.Score(network, batch))];
        Array.ForEach(observers, observer => observer?.Dispose());
        return scores;
    }
}
