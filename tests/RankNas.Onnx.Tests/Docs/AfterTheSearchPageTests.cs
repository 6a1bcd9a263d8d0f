using System.Text.RegularExpressions;
using RankNas.Images;
using RankNas.Onnx.Tests.Support;
using RankNas.SearchSpaces;
using RankNas.Torch;
using static TorchSharp.torch;

namespace RankNas.Onnx.Tests.Docs;

/// <summary>Alone: its backward passes are not safe beside the forward passes of other tests.</summary>
[Collection(nameof(AfterTheSearchPageTests))]
[CollectionDefinition(nameof(AfterTheSearchPageTests), DisableParallelization = true)]
public partial class AfterTheSearchPageTests
{
    private static readonly string Page = File.ReadAllText(Repository.PathOf("docs", "after-the-search.md"));

    [Fact]
    public void EveryExample_IsCompiledHere()
    {
        string code = WithoutIndent(File.ReadAllText(Repository.PathOf("tests", "RankNas.Onnx.Tests", "Docs", "AfterTheSearch.cs")));
        string[] examples = [.. Example().Matches(Page).Select(match => WithoutIndent(match.Groups["code"].Value))];
        examples.Should().HaveCount(7).And.OnlyContain(example => code.Contains(example, StringComparison.Ordinal));
    }

    [Fact]
    public async Task TheExamples_TakeASearchsWinnerToAFile()
    {
        SearchResult result = await NasBuilder.Create()
            .UseNatsTopology(new NatsTopologyOptions { CellsPerStage = 1, Channels = 8 }).UseRandomSearch().WithBudget(2).WithBatchSize(8).AddNaswot()
            .Build().RunAsync(TestContext.Current.CancellationToken);
        using nn.Module<Tensor, Tensor> network = AfterTheSearch.Get(result);
        using Tensor images = ProbeImages.Synthetic().Take(16);
        using Tensor labels = ProbeImages.Synthetic().TakeLabels(16)!;

        double before = LossOf(network, images, labels);
        AfterTheSearch.Train(network, images, labels, steps: 8);
        LossOf(network, images, labels).Should().BeLessThan(before);

        AfterTheSearch.SaveAndLoad(network);
        AfterTheSearch.Export(result, network);
        network.eval();
        using var session = new OnnxSession(File.ReadAllBytes("winner.onnx"));
        Networks.Difference(network, session, images).Should().BeLessThan(1e-4);
    }

    [Fact]
    public void ExportOfAnyModule_IsForTheShapeThatIsGiven()
    {
        using nn.Module<Tensor, Tensor> network = nn.Sequential(nn.Conv2d(1, 4, 3), nn.SiLU(), nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(4, 7));
        AfterTheSearch.ExportAny(network);
        using var session = new OnnxSession(File.ReadAllBytes("mine.onnx"));
        session.Session.InputMetadata["images"].Dimensions.Should().Equal(-1, 1, 64, 48);
        session.Session.ModelMetadata.CustomMetadataMap["image-mean"].Should().Be("0.5");
    }

    [Fact]
    public void Build_TextAndSeed_GivesTheNetworkOfThatShape()
    {
        using nn.Module<Tensor, Tensor> network = AfterTheSearch.Build(new NatsTopologySpace().FromIndex(0).Text, seed: 3);
        network.Weights()["classifier.weight"].shape.Should().Equal(100, 64);
    }

    [Fact]
    public void NetworkOfOnesOwn_IsExported()
    {
        using GraphModule network = AfterTheSearch.ExportOwn();
        network.eval();
        using var session = new OnnxSession(File.ReadAllBytes("gated.onnx"));
        using Tensor images = Networks.Images(1, 2, 3, 32, 32);
        Networks.Difference(network, session, images).Should().BeLessThan(1e-5);
    }

    [Fact]
    public void ThePage_NamesEveryOption() =>
        typeof(OnnxOptions).GetProperties().Select(property => $"`{property.Name}`").Should().OnlyContain(name => Page.Contains(name, StringComparison.Ordinal));

    private static double LossOf(nn.Module<Tensor, Tensor> network, Tensor images, Tensor labels)
    {
        using var scope = NewDisposeScope();
        using IDisposable guard = no_grad();
        network.train();
        return nn.functional.cross_entropy(network.call(images), labels).item<float>();
    }

    private static string WithoutIndent(string code) => string.Join('\n', code.Split('\n').Select(line => line.Trim()));

    [GeneratedRegex("```csharp\n(?<code>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Example();
}
