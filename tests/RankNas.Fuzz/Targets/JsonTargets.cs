using System.Text;
using RankNas.Graphs;
using RankNas.Images;
using RankNas.Latency;
using RankNas.Proxies;
using RankNas.Ranking;
using RankNas.Scores;
using RankNas.Scoring;
using RankNas.SearchSpaces;
using RankNas.Training;

namespace RankNas.Fuzz.Targets;

/// <summary>What is kept as JSON.</summary>
internal static class JsonTargets
{
    private static readonly ScoreScope Scope = new("nats-sss", "3x32x32/10", "abc/64/none", "kaiming", "float32", "cpu", 1, 0, "engine2");

    public static IReadOnlyList<FuzzTarget> All { get; } =
    [
        new("graph", ReadGraph, [typeof(GraphException)], [.. Graphs()]),
        new("result", input => Same(Text(input), text => SearchResult.FromJson(text), result => result.ToJson()), [typeof(InvalidDataException)], InputFiles.Texts(Result().ToJson(), Result().RankedBy(new RankSum()).ToJson())),
        new("evaluation-request", input => Same(Text(input), EvaluationRequest.FromJson, request => request.ToJson()), [typeof(InvalidDataException)], InputFiles.Texts(
            new EvaluationRequest(Scope, "8:8:8:8:8", [new("naswot", "", ScoreDirection.HigherIsBetter)]).ToJson())),
        new("evaluation-outcome", input => Same(Text(input), EvaluationOutcome.FromJson, outcome => outcome.ToJson()), [typeof(InvalidDataException)], InputFiles.Texts(
            new EvaluationOutcome([Score.Of(1.5), Score.Of(double.PositiveInfinity), Score.Failed("it broke"), Score.Failed("no memory", isTransient: true)], 0.25) { Numerics = "engine2" }.ToJson())),
        new("latency-model", input => Same(Text(input), LatencyModel.FromJson, model => model.ToJson()), [typeof(InvalidDataException)], InputFiles.Texts(
            """{"version":1,"description":"a phone","networks":20,"meanError":0.1,"rankCorrelation":0.9,"weights":{"fixed":1.5,"macs":0}}""")),
        new("training-history", input => Same(Text(input), TrainingHistory.FromJson, history => history.ToJson()), [typeof(InvalidDataException)], InputFiles.Texts(
            """{"epochs":[{"epoch":1,"learningRate":0.1,"loss":2.5,"accuracy":10,"validationLoss":null,"validationAccuracy":9.5,"validationTopFive":null,"validationMacroF1":0.1,"isBest":true,"seconds":1.5}]}""")),
    ];

    private static void ReadGraph(byte[] input)
    {
        using var stream = new MemoryStream(input, writable: false);
        NetworkGraph graph = NetworkGraph.FromJson(stream);
        NetworkGraph again = NetworkGraph.FromJson(graph.ToJson());
        FuzzFailedException.ThrowUnless(again.ToJson() == graph.ToJson(), "A graph that was written is another one when it is read.");
        FuzzFailedException.ThrowUnless(again.CanonicalKey == graph.CanonicalKey && again.Costs == graph.Costs, "A graph that was written has other costs, or another key.");
    }

    private static void Same<T>(string text, Func<string, T> read, Func<T, string> write)
    {
        string written = write(read(text));
        FuzzFailedException.ThrowUnless(write(read(written)) == written, $"A {typeof(T).Name} that was written is another one when it is read.");
    }

    private static string Text(byte[] input) => Encoding.UTF8.GetString(input);

    private static SearchResult Result() => new()
    {
        Space = "nats-sss",
        Strategy = "by-hand",
        Aggregator = "rank-sum",
        Seed = 7,
        Budget = 5,
        Images = new ImagesUsed("two images", IsSynthetic: false, BatchSize: 2, Fingerprint: "abc") { Normalization = new ImageNormalization([0.5], [0.25]) },
        Proxies = [new("naswot", "", ScoreDirection.HigherIsBetter), new("noise-immunity", "form=eta", ScoreDirection.LowerIsBetter)],
        Notices = [new SearchNotice("code", "message")],
        History =
        [
            new ScoredArchitecture(new Architecture("8:8:8:8:8", [0, 1]), [Score.Of(1.5), Score.Failed("it broke")]) { Seconds = 0.5 },
            new ScoredArchitecture(new Architecture("8:8:8:8:16", [1, 1]), [Score.Of(double.PositiveInfinity), Score.Of(-1)]) { Seconds = 0.5, FromStore = true },
        ],
    };

    private static IEnumerable<byte[]> Graphs()
    {
        foreach (string id in (string[])["macro", "nb101(channels=8,cells=1)", "vit(patch=8)"])
        {
            ISearchSpace space = SpaceCatalog.Create(id);
            yield return Encoding.UTF8.GetBytes(space.Describe(space.Sample(new Random(1)), new NetworkShape { Height = 16, Width = 16 }).ToJson());
        }

        GraphValue input = Graph.Images(new NetworkShape { Channels = 1, Height = 4, Width = 4, Classes = 2 });
        yield return Encoding.UTF8.GetBytes(input.Flatten().Linear(2, name: "b").Build().ToJson());
    }
}
