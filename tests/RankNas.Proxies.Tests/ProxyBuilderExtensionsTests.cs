using RankNas.Scores;
using RankNas.SearchSpaces;
using RankNas.Strategies;

namespace RankNas.Proxies.Tests;

public class ProxyBuilderExtensionsTests
{
    [Fact]
    public void Add_EachProxy_AddsIt()
    {
        var builder = new Recorder();
        builder.AddNaswot().AddSwap().AddRegularizedSwap(new SwapOptions { Mu = 900, Sigma = 900 }).AddNear().AddMeco().AddNoiseImmunity().AddLogSynFlow().AddSynFlow().AddExpressivity().AddProgressivity().AddTrainability()
            .AddSnip().AddGrasp().AddFisher().AddGradNorm().AddNtk(new NtkOptions { Images = 8 })
            .AddJacov().AddZico().AddVkdnw().AddVkdnw(VkdnwForm.Entropy, new VkdnwOptions { WeightsPerLayer = 2 }).AddParameterCount().AddMacCount()
            .Should().BeSameAs(builder);

        builder.Proxies.Should().Equal(
            new ProxyDescriptor("naswot", "", ScoreDirection.HigherIsBetter),
            new ProxyDescriptor("swap", "", ScoreDirection.HigherIsBetter),
            new ProxyDescriptor("swap-reg", "mu=900, sigma=900", ScoreDirection.HigherIsBetter),
            new ProxyDescriptor("near", "", ScoreDirection.HigherIsBetter),
            new ProxyDescriptor("meco", "", ScoreDirection.HigherIsBetter),
            new ProxyDescriptor("noise-immunity-live", "", ScoreDirection.HigherIsBetter),
            new ProxyDescriptor("logsynflow", "", ScoreDirection.HigherIsBetter),
            new ProxyDescriptor("synflow", "", ScoreDirection.HigherIsBetter),
            new ProxyDescriptor("expressivity", "", ScoreDirection.HigherIsBetter),
            new ProxyDescriptor("progressivity", "", ScoreDirection.HigherIsBetter),
            new ProxyDescriptor("trainability", "", ScoreDirection.HigherIsBetter),
            new ProxyDescriptor("snip", "labels=own-or-drawn", ScoreDirection.HigherIsBetter),
            new ProxyDescriptor("grasp", "labels=own-or-drawn", ScoreDirection.HigherIsBetter),
            new ProxyDescriptor("fisher", "labels=own-or-drawn", ScoreDirection.HigherIsBetter),
            new ProxyDescriptor("grad-norm", "labels=own-or-drawn", ScoreDirection.HigherIsBetter),
            new ProxyDescriptor("ntk", "images=8", ScoreDirection.LowerIsBetter),
            new ProxyDescriptor("jacov", "", ScoreDirection.HigherIsBetter),
            new ProxyDescriptor("zico", "mini-batches=2, labels=own-or-drawn", ScoreDirection.HigherIsBetter),
            new ProxyDescriptor("vkdnw", "weights-per-layer=1", ScoreDirection.HigherIsBetter),
            new ProxyDescriptor("vkdnw-entropy", "weights-per-layer=2", ScoreDirection.HigherIsBetter),
            new ProxyDescriptor("params", "", ScoreDirection.HigherIsBetter),
            new ProxyDescriptor("macs", "", ScoreDirection.HigherIsBetter));
    }

    private sealed class Recorder : INasBuilder
    {
        public List<ProxyDescriptor> Proxies { get; } = [];

        public void AddProxy(IZeroCostProxy proxy) => Proxies.Add(ProxyDescriptor.Of(proxy));

        public void UseSpace(ISearchSpace space) => throw new NotSupportedException();

        public void UseStrategy(ISearchStrategy strategy) => throw new NotSupportedException();

        public void UseScoreStore(Func<CancellationToken, ValueTask<IScoreStore>> open) => throw new NotSupportedException();
    }
}
