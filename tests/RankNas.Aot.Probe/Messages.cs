using RankNas.Proxies;
using RankNas.Scores;
using RankNas.Scoring;

namespace RankNas.Aot.Probe;

/// <summary>Requests and outcomes as JSON, and back.</summary>
internal static class Messages
{
    public static void Print()
    {
        var scope = new ScoreScope("nats-tss", "3x32x32/10", "images", "kaiming", "float32", "cpu", 1, 0);
        string request = new EvaluationRequest(scope, "8:8:8:8:8", [new ProxyDescriptor("naswot", "", ScoreDirection.HigherIsBetter)]).ToJson();
        string outcome = new EvaluationOutcome([Score.Of(1.5), Score.Of(double.PositiveInfinity), Score.Failed("it is not a number")], 0.25).ToJson();
        if (EvaluationRequest.FromJson(request).ToJson() != request || EvaluationOutcome.FromJson(outcome).ToJson() != outcome)
        {
            throw new InvalidOperationException("Messages are not the same after JSON.");
        }

        Console.WriteLine(request);
        Console.WriteLine(outcome);
    }
}
