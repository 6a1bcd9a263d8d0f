using System.Collections.Concurrent;
using System.Text.Json;
using RankNas.Fitting.Tests.Support;
using RankNas.Graphs;
using RankNas.Images;
using RankNas.SearchSpaces;
using RankNas.Torch;
using RankNas.Weights;
using TorchSharp;
using static TorchSharp.torch;

namespace RankNas.Fitting.Tests;

public sealed class FitTests : IDisposable
{
    private static readonly NatsTopologySpace Space = new(new NatsTopologyOptions { Channels = 4, CellsPerStage = 1 });

    private readonly TempFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private FitOptions Quick => new()
    {
        OutputFolder = _folder.File("model"),
        Space = Space,
        Budget = 4,
        Candidates = 2,
        Epochs = 12,
        ProbeBatch = 8,
        ValidationShare = 0.25,
        Pictures = new PictureOptions { Size = new Size2D(16, 16) },
    };

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task FolderAsync_TwoClasses_WritesAModelThatTellsThemApart()
    {
        string photos = Shapes.Save(_folder);

        FitResult result = await Fit.FolderAsync(photos, Quick, cancellationToken: Token);

        result.End.Should().Be(FitEnd.Completed);
        result.Candidates.Should().HaveCount(2).And.BeInAscendingOrder(candidate => candidate.ValidationLoss);
        result.Architecture.Should().Be(result.Candidates[0].Architecture);
        result.Validation.Accuracy.Should().BeGreaterThan(0.8);
        result.Test.Should().BeNull();
        result.Latency.Milliseconds.Should().BePositive();
        Directory.EnumerateFiles(result.Folder).Select(Path.GetFileName).Should().BeEquivalentTo(
            FitFiles.Onnx, FitFiles.Weights, FitFiles.Report, FitFiles.Summary, FitFiles.Scores);
        using PictureClassifier classifier = PictureClassifier.Load(result.Folder);
        classifier.ClassNames.Should().Equal("blue square", "красный круг");
        Directory.EnumerateFiles(photos, "*.png", SearchOption.AllDirectories)
            .Count(file => classifier.Predict(file).Best.Name == Path.GetFileName(Path.GetDirectoryName(file))).Should().BeGreaterThan(26, "of 32");
    }

    [Fact]
    public async Task FolderAsync_TheOnnxFile_AnswersAsTheWeightsDo()
    {
        FitResult result = await Fit.FolderAsync(Shapes.Save(_folder), Quick with { Epochs = 2, Candidates = 1 }, cancellationToken: Token);
        LabelledImages images = LabelledImages.FromFolder(_folder.File("photos"), Quick.Pictures, Token);
        using GraphModule network = Space.Describe(result.Architecture, images.Shape).ToModule();
        using TensorFile weights = TensorFile.Load(Path.Combine(result.Folder, FitFiles.Weights));
        network.LoadWeights(weights.Tensors);
        network.eval();
        using PictureClassifier classifier = PictureClassifier.Load(Path.Combine(result.Folder, FitFiles.Onnx));

        using DisposeScope scope = NewDisposeScope();
        LabelledImages trained = LabelledImages.SplitsFromFolder(_folder.File("photos"), Quick.Pictures, validationShare: 0.25, cancellationToken: Token).Training;
        float[] expected = network.call(images.WithNormalization(trained.Normalization).Take([5]).Images).softmax(1).data<float>().ToArray();

        Prediction prediction = classifier.Predict(images.PixelsOf(5));

        foreach ((int label, string name) in images.ClassNames.Index())
        {
            prediction.Classes.Single(one => one.Name == name).Probability.Should().BeApproximately(expected[label], 1e-4);
        }
    }

    [Fact]
    public async Task FolderAsync_CancelledWhileComparing_GoesOnWithTheSameWeights()
    {
        string photos = Shapes.Save(_folder);
        FitOptions whole = Quick with { OutputFolder = _folder.File("whole"), Epochs = 10 };
        await Fit.FolderAsync(photos, whole, cancellationToken: Token);
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(Token);
        FitOptions stopped = whole with { OutputFolder = _folder.File("stopped") };
        Func<Task> stop = () => Fit.FolderAsync(photos, stopped, new CancelAt(FitStage.Comparing, cancellation), cancellation.Token);
        await stop.Should().ThrowAsync<OperationCanceledException>();

        FitResult resumed = await Fit.FolderAsync(photos, stopped with { Resume = true }, cancellationToken: Token);

        resumed.Search.History.Should().OnlyContain(scored => scored.FromStore);
        File.ReadAllBytes(_folder.File("stopped/weights.safetensors")).Should().Equal(File.ReadAllBytes(_folder.File("whole/weights.safetensors")));
    }

    [Fact]
    public async Task FolderAsync_CancelledInTheLastTraining_WritesTheBestSoFar_AndGoesOn()
    {
        string photos = Shapes.Save(_folder);
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(Token);

        FitResult stopped = await Fit.FolderAsync(photos, Quick, new CancelAt(FitStage.Training, cancellation), cancellation.Token);

        stopped.End.Should().Be(FitEnd.Cancelled);
        PictureClassifier.Load(stopped.Folder).Dispose();
        FitResult resumed = await Fit.FolderAsync(photos, Quick with { Resume = true }, cancellationToken: Token);
        resumed.End.Should().Be(FitEnd.Completed);
        resumed.Training.History.Epochs.Should().HaveCount(12);
    }

    [Fact]
    public async Task FolderAsync_TestPictures_AreMeasuredAndInTheSummary()
    {
        FitResult result = await Fit.FolderAsync(Shapes.Save(_folder, classes: 3), Quick with { TestShare = 0.25, Candidates = 1, Epochs = 1 }, cancellationToken: Token);

        result.Test!.Images.Should().Be(12);
        using var summary = JsonDocument.Parse(File.ReadAllText(Path.Combine(result.Folder, FitFiles.Summary)));
        summary.RootElement.GetProperty("test").GetProperty("pictures").GetInt32().Should().Be(12);
        summary.RootElement.GetProperty("pictures").GetProperty("classes").GetArrayLength().Should().Be(3);
        summary.RootElement.GetProperty("model").GetProperty("architecture").GetString().Should().Be(result.Architecture.Text);
    }

    [Fact]
    public async Task FolderAsync_MaxParameters_AreKept()
    {
        long most = Space.CostOf(Space.Parse("|nor_conv_1x1~0|+|skip_connect~0|nor_conv_1x1~1|+|skip_connect~0|none~1|nor_conv_1x1~2|"), new NetworkShape { Height = 16, Width = 16, Classes = 2 }).Parameters;

        var told = new Told();

        FitResult result = await Fit.FolderAsync(Shapes.Save(_folder), Quick with { MaxParameters = most, Candidates = 1, Epochs = 1 }, told, Token);

        FitProgress[] searched = [.. told.All.Where(progress => progress.Search is not null)];
        searched.Should().HaveCount(result.Search.Evaluations).And.OnlyContain(progress =>
            progress.Stage == FitStage.Searching && progress.Cost!.Value.Parameters <= most && progress.Search!.Latest.Proxies.Length == result.Search.Proxies.Length);
        result.Parameters.Should().BeLessThanOrEqualTo(most);
        result.Search.History.Should().HaveCount(4);
    }

    [Fact]
    public async Task FolderAsync_OneClass_SaysThatTwoAreNeeded()
    {
        Func<Task> fit = () => Fit.FolderAsync(Shapes.Save(_folder, classes: 1), Quick, cancellationToken: Token);
        (await fit.Should().ThrowAsync<FitException>()).WithMessage("*has one class, 'красный круг': a classifier needs two or more*");
    }

    [Fact]
    public async Task FolderAsync_AFolderWithARun_IsRefused_AndAFinishedOneIsNotResumed()
    {
        string photos = Shapes.Save(_folder);
        FitOptions once = Quick with { Candidates = 1, Epochs = 1 };
        await Fit.FolderAsync(photos, once, cancellationToken: Token);

        Func<Task> again = () => Fit.FolderAsync(photos, once, cancellationToken: Token);
        Func<Task> resume = () => Fit.FolderAsync(photos, once with { Resume = true }, cancellationToken: Token);

        (await again.Should().ThrowAsync<FitException>()).WithMessage("*holds an earlier run: resume it, or name another folder*");
        (await resume.Should().ThrowAsync<FitException>()).WithMessage("*has ended: there is nothing to resume*");
    }

    [Fact]
    public async Task FolderAsync_OutputUnderAFile_IsOneLine()
    {
        string photos = Shapes.Save(_folder);
        File.WriteAllText(_folder.File("file"), "");
        Func<Task> fit = () => Fit.FolderAsync(photos, Quick with { OutputFolder = _folder.File("file/model") }, cancellationToken: Token);
        (await fit.Should().ThrowAsync<FitException>()).WithMessage("The folder '*' cannot be made*");
    }

    private sealed class Told : IProgress<FitProgress>
    {
        public ConcurrentQueue<FitProgress> All { get; } = [];

        public void Report(FitProgress value) => All.Enqueue(value);
    }

    private sealed class CancelAt(FitStage stage, CancellationTokenSource cancellation) : IProgress<FitProgress>
    {
        public void Report(FitProgress value)
        {
            if (value.Stage == stage)
            {
                cancellation.Cancel();
            }
        }
    }
}
