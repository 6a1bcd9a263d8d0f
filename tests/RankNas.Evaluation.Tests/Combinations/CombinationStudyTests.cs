using RankNas.Core.Tests.Support;
using RankNas.Evaluation.Tests.Support;
using RankNas.Ranking;
using RankNas.SearchSpaces;

namespace RankNas.Evaluation.Tests.Combinations;

public class CombinationStudyTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Run_PutsFirstWhatFollowsTheAccuracies_OnBothHalves()
    {
        var noise = new FunctionProxy("noise", (network, _) => network.parameters().First().sum().item<float>());
        SearchResult result = await TinyStudies.ExhaustiveAsync(Token, noise, FunctionProxy.Parameters());
        Dictionary<Architecture, double> parameters = result.History.ToDictionary(one => one.Architecture, one => one.Scores[1].Value);

        IReadOnlyList<CombinationOutcome> outcomes = CombinationStudy.Run(
            result, new KnownAccuracies(architecture => 50 + (parameters[architecture] / 100)), [new RankSum(), new MaxNormalizedSum()], mostProxies: 2, Token);

        // One of each alone, and both by two aggregators.
        outcomes.Should().HaveCount(4).And.BeInAscendingOrder(outcome => outcome.Chosen.Top10Shortfall);
        outcomes[0].Proxies.Should().Equal("params");
        outcomes[0].Chosen.Top1Regret.Should().Be(0);
        outcomes[0].Judged.Top1Regret.Should().Be(0);
        outcomes[0].Judged.Kendall.Should().BeApproximately(1, 1e-12);
        outcomes[0].Judged.Should().NotBe(outcomes[0].Chosen, "the halves are different architectures");
    }

    [Fact]
    public async Task Run_TooFewArchitectures_SaysSo()
    {
        SearchResult result = await TinyStudies.ExhaustiveAsync(Token, FunctionProxy.Parameters());
        FluentActions.Invoking(() => CombinationStudy.Run(
                result, new KnownAccuracies(architecture => architecture.Genes[0] == 0 ? 50 : null), [new RankSum()], 1, Token))
            .Should().Throw<InvalidDataException>()
            .WithMessage("Each half needs 10 architectures of which the benchmark has accuracies: score more of the space.");
    }
}
