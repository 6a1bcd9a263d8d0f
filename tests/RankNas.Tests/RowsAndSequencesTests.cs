using RankNas.Graphs;
using RankNas.Images;
using RankNas.Scores;
using RankNas.SearchSpaces;
using static TorchSharp.torch;

namespace RankNas.Tests;

/// <summary>Spaces that are not of images: rows of a table, and sequences.</summary>
public class RowsAndSequencesTests
{
    [Fact]
    public async Task Search_OfRows_ScoresByEveryProxyOfThePaper()
    {
        using Tensor rows = NormalDraw.Of(64, 20);
        using Tensor labels = arange(64, dtype: ScalarType.Int64).remainder(3);

        SearchResult result = await NasBuilder.Create().UseSpace(new TableSpace()).UseImages(ProbeImages.FromRows(rows, labels))
            .AddNoiseImmunity().AddNaswot().AddLogSynFlow().AddSnip().AddFisher().AddExpressivity().AddTrainability().AddParameterCount().AddMacCount()
            .UseExhaustiveSearch().Build().RunAsync();

        result.Ranked.Should().HaveCount(6);
        result.Ranked.SelectMany(candidate => candidate.Scores).Should().OnlyContain(score => score.Kind == ScoreKind.Finite);
        result.Settings.Should().Contain(setting => setting.Name == "image-shape" && setting.Value == "20, 3 classes");
    }

    [Fact]
    public async Task Search_OfRows_ByKernelsAndWithout_AgreesInEveryScore()
    {
        using Tensor rows = NormalDraw.Of(64, 20);
        double[][] both = [];
        foreach (bool withoutKernels in new[] { false, true })
        {
            SearchResult result = await NasBuilder.Create().UseSpace(new TableSpace()).UseImages(ProbeImages.FromRows(rows, classes: 3))
                .AddNoiseImmunity().AddNaswot().AddLogSynFlow().UseExhaustiveSearch().WithoutKernels(withoutKernels).Build().RunAsync();
            both = [.. both, [.. result.Ranked.OrderBy(candidate => candidate.Architecture.Text).SelectMany(candidate => candidate.Scores).Select(score => score.Value)]];
        }

        both[0].Zip(both[1]).Should().OnlyContain(pair => Math.Abs(pair.First - pair.Second) <= 1e-4 * Math.Abs(pair.First));
    }

    [Fact]
    public async Task Search_OfSequencesByModules_IsScoredByHooks()
    {
        using Tensor sequences = NormalDraw.Of(32, 12, 8);

        SearchResult result = await NasBuilder.Create().UseSpace(new SequenceSpace()).UseImages(ProbeImages.FromSequences(sequences, classes: 4))
            .AddNaswot().AddLogSynFlow().AddSnip().AddMacCount().UseExhaustiveSearch().Build().RunAsync();

        result.Ranked.Should().HaveCount(2);
        result.Ranked.SelectMany(candidate => candidate.Scores).Should().OnlyContain(score => score.Kind == ScoreKind.Finite);
    }

    [Fact]
    public async Task Search_OfRowsWithoutDataOfItsOwn_TakesSyntheticRows()
    {
        SearchResult result = await NasBuilder.Create().UseSpace(new TableSpace()).UseImages(ProbeImages.Synthetic(shape: NetworkShape.OfRows(20, 3), count: 32))
            .AddNaswot().UseExhaustiveSearch().Build().RunAsync();

        result.Ranked.SelectMany(candidate => candidate.Scores).Should().OnlyContain(score => score.Kind == ScoreKind.Finite);
    }

    [Fact]
    public void Take_Rows_GivesThemBack()
    {
        using Tensor rows = NormalDraw.Of(7, 5);
        using Tensor sequences = NormalDraw.Of(7, 5, 3);
        using Tensor takenRows = ProbeImages.FromRows(rows).Take(7);
        using Tensor takenSequences = ProbeImages.FromSequences(sequences).Take(7);

        takenRows.shape.Should().Equal(7, 5);
        takenSequences.shape.Should().Equal(7, 5, 3);
        takenRows.equal(rows).all().item<bool>().Should().BeTrue();
        takenSequences.equal(sequences).all().item<bool>().Should().BeTrue();
    }

    [Fact]
    public void FromRows_Images_SaysWhatItTakes()
    {
        using Tensor images = NormalDraw.Of(2, 3, 8, 8);

        FluentActions.Invoking(() => ProbeImages.FromRows(images)).Should().Throw<ArgumentException>().WithMessage("Rows are [N, F] in floating point*[2, 3, 8, 8]*");
        FluentActions.Invoking(() => ProbeImages.FromTensor(images[0])).Should().Throw<ArgumentException>().WithMessage("Images are [N, C, H, W]*");
    }

    [Fact]
    public async Task Search_OfImagesByASpaceOfRows_SaysWhatDoesNotFit()
    {
        SearchResult result = await NasBuilder.Create().UseNatsSize().UseImages(ProbeImages.Synthetic(shape: NetworkShape.OfRows(20, 3), count: 8))
            .AddNaswot().UseRandomSearch().WithBudget(1).Build().RunAsync();

        result.Ranked.Single().Scores.Single().Failure.Should().Contain("takes images [C, H, W], and is given [20]");
    }

    [Fact]
    public void ReadJson_OfRows_KeepsTheShape()
    {
        NetworkGraph graph = Graph.Input(NetworkShape.OfSequences(6, 5, 2)).Flatten().Linear(2).Build();

        NetworkGraph read = NetworkGraph.FromJson(graph.ToJson());

        read.Shape.Should().Be(graph.Shape);
        read.Input.Shape.Should().Equal(6, 5);
    }

    private sealed class TableSpace() : ChoiceSearchSpace("table", new Choice("depth", 2, 3), new Choice("width", 16, 32, 48))
    {
        public override NetworkGraph Describe(Architecture architecture, NetworkShape shape)
        {
            GraphValue x = Graph.Input(shape).Block("stem", rows => rows.Linear(NumberOf(architecture, "width")).LayerNorm().Relu());
            for (int layer = 0; layer < NumberOf(architecture, "depth"); layer++)
            {
                x = x.Block($"layers.{layer}", rows => rows.Linear(rows.Channels).Relu() + rows);
            }

            return x.Linear(shape.Classes).Build();
        }
    }

    private sealed class SequenceSpace() : ChoiceSearchSpace("sequences", new Choice("width", 16, 32)), IModuleSearchSpace
    {
        public nn.Module<Tensor, Tensor> BuildNetwork(Architecture architecture, NetworkShape shape) => nn.Sequential(
            nn.Linear(shape.Channels, NumberOf(architecture, "width")), nn.ReLU(), nn.Flatten(), nn.Linear(NumberOf(architecture, "width") * shape.Height, shape.Classes));
    }
}
