using RankNas.Core.Tests.Support;
using RankNas.Graphs;
using RankNas.Proxies;
using RankNas.Scores;
using RankNas.SearchSpaces;
using RankNas.Torch;
using static TorchSharp.torch;

namespace RankNas.Core.Tests.Scoring;

public class NeedsCheckTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task RunAsync_NetworksWithoutWhatAProxyNeeds_IsRefusedBeforeAnythingIsScored()
    {
        var proxy = new Needy("skip-depth", NetworkNeeds.Cells);
        List<SearchProgress> reports = [];

        await Searches.Tiny().AddProxy(FunctionProxy.Parameters()).AddProxy(proxy).UseProgress(new Reports(reports)).Build()
            .Awaiting(search => search.RunAsync(Token)).Should().ThrowAsync<ProxyNotApplicableException>().WithMessage(
                "skip-depth needs graphs with cells (edges by Edge(…) in a Block(…)), and those of the space 'tiny' have none: "
                + "mark them, leave it out, or add others, such as noise-immunity, naswot and logsynflow");

        reports.Should().BeEmpty();
    }

    [Fact]
    public async Task ScoreAsync_SeveralProxiesInNeed_NamesAllOfThem() => await NasBuilder.Create().UseSpace(new TinySpace())
        .AddProxy(new Needy("a", NetworkNeeds.Blocks)).AddProxy(new Needy("b", NetworkNeeds.Cells)).AddProxy(new Needy("c", NetworkNeeds.Blocks))
        .BuildScorer().Awaiting(scorer => scorer.ScoreAsync([new TinySpace().FromIndex(0)], Token)).Should().ThrowAsync<ProxyNotApplicableException>()
        .WithMessage("a, c need graphs with blocks (two at least, by Block(…)); b needs graphs with cells (*), and *leave them out*");

    [Fact]
    public async Task RunAsync_ASpaceOfModules_IsToldToDescribe() => await Searches.Tiny().UseSpace(new FaultySpace()).AddProxy(new Needy("a", NetworkNeeds.Graph)).Build()
        .Awaiting(search => search.RunAsync(Token)).Should().ThrowAsync<ProxyNotApplicableException>()
        .WithMessage("a needs graphs, and the space 'faulty' builds modules: write its Describe, leave it out, or add others, such as *");

    [Fact]
    public async Task RunAsync_AProxyThatDoesNotSayWhatItNeeds_IsNamed() => await Searches.Tiny().AddProxy(new Needy("odd", null)).Build()
        .Awaiting(search => search.RunAsync(Token)).Should().ThrowAsync<SearchComponentException>().WithMessage("The proxy 'odd' failed in Needs: Nullable object must have a value.");

    [Fact]
    public async Task RunAsync_SomeNetworksHaveIt_FailsForTheOthersAlone()
    {
        SearchResult result = await NasBuilder.Create().UseSpace(new MixedSpace()).UseStrategy(new TakeFirst()).WithBatchSize(2)
            .AddProxy(new Needy("skip-depth", NetworkNeeds.Cells)).Build().RunAsync(Token);

        result.History.Count(evaluated => evaluated.Scores[0].Kind == ScoreKind.Failed).Should().Be(2);
        result.History.Count(evaluated => evaluated.Scores[0].Kind == ScoreKind.Finite).Should().Be(2);
    }

    [Fact]
    public async Task RunAsync_NoProxyInNeed_DescribesNothingAhead()
    {
        var space = new MixedSpace();
        int ahead = -1;
        await NasBuilder.Create().UseSpace(space).UseStrategy(new TakeFirst()).WithBatchSize(2).AddProxy(FunctionProxy.Parameters()).WithBudget(3)
            .UseEvaluator(() => new ScriptedEvaluator((_, _) =>
            {
                ahead = Math.Max(ahead, space.Described);
                return Score.Of(1);
            })).Build().RunAsync(Token);

        ahead.Should().Be(0);
    }

    [Fact]
    public async Task RunAsync_NetworksThatCannotBeDescribed_AreFailedScoresStill()
    {
        SearchResult result = await NasBuilder.Create().UseSpace(new CountingSpace { HasNoCosts = true }).UseStrategy(new TakeFirst()).WithBatchSize(2)
            .AddProxy(new Needy("skip-depth", NetworkNeeds.Cells)).WithBudget(2).Build().RunAsync(Token);

        result.Notices[0].Message.Should().Be("The ranking means nothing: every score failed.");
        result.Best.Rank.Should().Be(1);
    }

    [Fact]
    public async Task RunAsync_CancelledWhileItLooks_Ends()
    {
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var space = new MixedSpace { OnDescribe = () => cancellation.Cancel() };
        SearchResult result = await NasBuilder.Create().UseSpace(space).UseStrategy(new TakeFirst()).WithBatchSize(2)
            .AddProxy(new Needy("skip-depth", NetworkNeeds.Cells)).Build().RunAsync(cancellation.Token);

        result.IsCancelled.Should().BeTrue();
        result.Evaluations.Should().Be(0);
    }

    private sealed class Reports(List<SearchProgress> reports) : IProgress<SearchProgress>
    {
        public void Report(SearchProgress value) => reports.Add(value);
    }

    private sealed class Needy(string id, NetworkNeeds? needs) : IZeroCostProxy
    {
        public string Id => id;

        public ScoreDirection Direction => ScoreDirection.HigherIsBetter;

        public NetworkNeeds Needs => needs!.Value;

        public double Score(nn.Module<Tensor, Tensor> network, ProbeBatch batch) =>
            network is GraphModule { Blocks.Count: > 0 } ? 1 : throw new NotSupportedException("It is none.");
    }

    private sealed class MixedSpace() : GenomeSearchSpace("mixed", [4])
    {
        public int Described { get; private set; }

        public Action OnDescribe { get; init; } = () => { };

        public override Architecture Parse(string text) => Create([int.Parse(text, System.Globalization.CultureInfo.InvariantCulture)]);

        public override NetworkGraph Describe(Architecture architecture, NetworkShape shape)
        {
            Described++;
            OnDescribe();
            GraphValue images = Graph.Images(shape);
            GraphValue features = architecture.Genes[0] < 2 ? images : images.Block("cell", input => input.Edge(0, 1, "skip", edge => edge));
            return features.GlobalAveragePool().Linear(shape.Classes).Build();
        }

        protected override string Format(ReadOnlySpan<int> genes) => $"{genes[0]}";
    }
}
