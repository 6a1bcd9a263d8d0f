using RankNas.Tool.Output;
using static TorchSharp.torch;

namespace RankNas.Tests;

public class SearchTableViewTests
{
    [Fact]
    public async Task Write_ScoresThatFailed_SayWhy()
    {
        SearchResult result = await NasBuilder.Create().UseNatsSize().WithBatchSize(2).AddProxy(new Refusing()).UseRandomSearch().WithBudget(2).Build()
            .RunAsync(TestContext.Current.CancellationToken);
        using var output = new StringWriter();

        SearchTableView.Write(output, result, SearchReport.Of(result, top: 2, accuracies: null));

        output.ToString().Should().Contain("failed").And.Contain(
            $"2 of 2 have a failed score, such as {result.History[0].Architecture}: The proxy failed: It would not.");
    }

    private sealed class Refusing : IZeroCostProxy
    {
        public string Id => "refusing";

        public ScoreDirection Direction => ScoreDirection.HigherIsBetter;

        public double Score(nn.Module<Tensor, Tensor> network, ProbeBatch batch) => throw new InvalidOperationException("It would not.");
    }
}
