using static TorchSharp.torch;

namespace RankNas.Tests;

public class NetworkNeedsTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task RunAsync_NetworksWithoutWhatAProxyNeeds_IsRefusedBeforeAnythingIsScored()
    {
        var proxy = new Needy("skip-depth", typeof(ISkipDepthNetwork));
        List<SearchProgress> reports = [];

        await Searches.Tiny().AddProxy(FunctionProxy.Parameters()).AddProxy(proxy).ReportProgressTo(new Reports(reports)).Build()
            .Awaiting(search => search.RunAsync(Token)).Should().ThrowAsync<ProxyNotApplicableException>().WithMessage(
                "skip-depth needs networks that implement ISkipDepthNetwork, and those of the space 'tiny' (Sequential) do not: "
                + "leave it out, or add others, as by AddNoiseImmunity().AddNaswot().AddLogSynFlow()");

        reports.Should().BeEmpty();
    }

    [Fact]
    public async Task ScoreAsync_SeveralProxiesInNeed_NamesAllOfThem() => await NasBuilder.Create().UseSpace(new TinySpace())
        .AddProxy(new Needy("a", typeof(IBlockNetwork))).AddProxy(new Needy("b", typeof(ISkipDepthNetwork))).AddProxy(new Needy("c", typeof(IBlockNetwork)))
        .BuildScorer().Awaiting(scorer => scorer.ScoreAsync([new TinySpace().FromIndex(0)], Token)).Should().ThrowAsync<ProxyNotApplicableException>()
        .WithMessage("a, c need networks that implement IBlockNetwork; b needs networks that implement ISkipDepthNetwork, and *leave them out*");

    [Fact]
    public async Task RunAsync_AProxyThatDoesNotSayWhatItNeeds_IsNamed() => await Searches.Tiny().AddProxy(new Needy("odd", null!)).Build()
        .Awaiting(search => search.RunAsync(Token)).Should().ThrowAsync<SearchComponentException>().WithMessage("The proxy 'odd' failed in RequiredNetwork: Value cannot be null*");

    [Fact]
    public async Task RunAsync_SomeNetworksHaveIt_FailsForTheOthersAlone()
    {
        SearchResult result = await NasBuilder.Create().UseSpace(new MixedSpace()).UseStrategy(new TakeFirst()).WithBatchSize(2)
            .AddProxy(new Needy("skip-depth", typeof(ISkipDepthNetwork))).Build().RunAsync(Token);

        result.History.Count(evaluated => evaluated.Scores[0].Kind == ScoreKind.Failed).Should().Be(2);
        result.History.Count(evaluated => evaluated.Scores[0].Kind == ScoreKind.Finite).Should().Be(2);
    }

    [Fact]
    public async Task RunAsync_NoProxyInNeed_BuildsNothingAhead()
    {
        var space = new MixedSpace();
        await NasBuilder.Create().UseSpace(space).UseStrategy(new TakeFirst()).WithBatchSize(2).AddProxy(FunctionProxy.Parameters()).WithBudget(3)
            .UseEvaluator(() => new ScriptedEvaluator((_, _) => Score.Of(1))).Build().RunAsync(Token);

        space.Built.Should().Be(0);
    }

    [Fact]
    public async Task RunAsync_NetworksThatCannotBeBuilt_AreFailedScoresStill()
    {
        SearchResult result = await NasBuilder.Create().UseSpace(new HostileSpace()).UseStrategy(new TakeFirst()).WithBatchSize(2)
            .AddProxy(new Needy("skip-depth", typeof(ISkipDepthNetwork))).WithBudget(2).Build().RunAsync(Token);

        result.Notices[0].Message.Should().Be("The ranking means nothing: every score failed.");
        result.Best.Rank.Should().Be(1);
    }

    [Fact]
    public async Task RunAsync_CancelledWhileItLooks_Ends()
    {
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var space = new MixedSpace { OnBuild = () => cancellation.Cancel() };
        SearchResult result = await NasBuilder.Create().UseSpace(space).UseStrategy(new TakeFirst()).WithBatchSize(2)
            .AddProxy(new Needy("skip-depth", typeof(ISkipDepthNetwork))).Build().RunAsync(cancellation.Token);

        result.IsCancelled.Should().BeTrue();
        result.Evaluations.Should().Be(0);
    }

    private sealed class Reports(List<SearchProgress> reports) : IProgress<SearchProgress>
    {
        public void Report(SearchProgress value) => reports.Add(value);
    }

    private sealed class Needy(string id, Type needed) : IZeroCostProxy
    {
        public string Id => id;

        public ScoreDirection Direction => ScoreDirection.HigherIsBetter;

        public Type? RequiredNetwork => needed ?? throw new ArgumentNullException(nameof(needed));

        public double Score(nn.Module<Tensor, Tensor> network, ProbeBatch batch) => needed.IsInstanceOfType(network) ? 1 : throw new NotSupportedException("It is none.");
    }

    private sealed class MixedSpace() : GenomeSearchSpace("mixed", [4])
    {
        public int Built { get; private set; }

        public Action OnBuild { get; init; } = () => { };

        public override Architecture Parse(string text) => Create([int.Parse(text, System.Globalization.CultureInfo.InvariantCulture)]);

        public override nn.Module<Tensor, Tensor> BuildNetwork(Architecture architecture, NetworkShape shape)
        {
            Built++;
            OnBuild();
            return architecture.Genes[0] < 2 ? nn.Sequential(nn.Flatten()) : new Skipping();
        }

        protected override string Format(ReadOnlySpan<int> genes) => $"{genes[0]}";
    }

    private sealed class Skipping() : nn.Module<Tensor, Tensor>("skipping"), ISkipDepthNetwork
    {
        public double SkipDepth => 1;

        public override Tensor forward(Tensor input) => input.flatten(1);
    }
}
