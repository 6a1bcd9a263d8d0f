using System.Text.Json;
using RankNas.Fitting.Tests.Support;
using RankNas.Graphs;
using RankNas.Images;
using RankNas.SearchSpaces;

namespace RankNas.Fitting.Tests.Quantizing;

public sealed class FitQuantizeTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task FolderAsync_Quantize_WritesASmallerModelThatAnswersAlike()
    {
        string photos = Shapes.Save(_folder);

        FitResult result = await Fit.FolderAsync(
            photos,
            new FitOptions
            {
                OutputFolder = _folder.File("model"),
                Space = new NatsTopologySpace(new NatsTopologyOptions { Channels = 8, CellsPerStage = 1 }),
                Budget = 2,
                Candidates = 1,
                Epochs = 10,
                ProbeBatch = 8,
                ValidationShare = 0.25,
                TestShare = 0.25,
                Quantize = true,
                Pictures = new PictureOptions { Size = new Size2D(16, 16) },
            },
            cancellationToken: TestContext.Current.CancellationToken);

        QuantizedModel quantized = result.Quantized!;
        quantized.Report.BytesAfter.Should().BeLessThan(quantized.Report.BytesBefore);
        quantized.Latency.Milliseconds.Should().BePositive();
        quantized.Validation.Accuracy.Should().BeApproximately(result.Validation.Accuracy, 0.26, "two of eight pictures");
        quantized.Test!.Images.Should().Be(result.Test!.Images);
        using PictureClassifier before = PictureClassifier.Load(result.Folder);
        using PictureClassifier after = PictureClassifier.Load(Path.Combine(result.Folder, FitFiles.QuantizedOnnx));
        after.ClassNames.Should().Equal(before.ClassNames);
        string[] files = Directory.GetFiles(photos, "*.png", SearchOption.AllDirectories);
        files.Count(file => after.Predict(file).Best.Name == before.Predict(file).Best.Name).Should().BeGreaterThan(27, "of 32");
        using var summary = JsonDocument.Parse(File.ReadAllText(Path.Combine(result.Folder, FitFiles.Summary)));
        summary.RootElement.GetProperty("latency").GetProperty("milliseconds").GetDouble().Should().BePositive();
        JsonElement part = summary.RootElement.GetProperty("quantized");
        part.GetProperty("validation").GetProperty("accuracy").GetDouble().Should().Be(quantized.Validation.Accuracy);
        part.GetProperty("bytesAfter").GetInt64().Should().Be(new FileInfo(Path.Combine(result.Folder, FitFiles.QuantizedOnnx)).Length);
    }
}
