using RankNas.Core.Tests.Support;
using RankNas.Proxies;
using RankNas.Scores;

namespace RankNas.Core.Tests.Scoring;

public class NotApplicableTests
{
    [Fact]
    public async Task RunAsync_AProxyThatDoesNotApply_HasItsReasonAsItIs()
    {
        var proxy = new FunctionProxy("blind", (_, _) => throw new ProxyNotApplicableException("blind saw no light"));

        SearchResult result = await Searches.Tiny().AddProxy(proxy).AddProxy(new InputSum()).WithBudget(2).Build()
            .RunAsync(TestContext.Current.CancellationToken);

        result.History.Should().OnlyContain(evaluated => evaluated.Scores[0].Failure == "blind saw no light" && evaluated.Scores[1].Kind == ScoreKind.Finite);
    }
}
