using RankNas.Images;
using RankNas.Torch;
using RankNas.Training.Tests.Support;
using static TorchSharp.torch;

namespace RankNas.Training.Tests;

/// <summary>Figures are scikit-learn 1.2's.</summary>
public class MetricsTests
{
    private static readonly int[] Truth = [0, 0, 0, 1, 1, 2, 2, 2, 2, 3];
    private static readonly int[] Predicted = [0, 1, 0, 1, 1, 2, 0, 2, 2, 2];

    [Fact]
    public void ToMetrics_TenImages_AreScikitLearnsFigures()
    {
        ClassificationMetrics metrics = Metrics();
        metrics.Images.Should().Be(10);
        metrics.Accuracy.Should().BeApproximately(0.7, 1e-12);
        metrics.TopFiveAccuracy.Should().Be(1);
        metrics.MacroF1.Should().BeApproximately(0.5541666666666667, 1e-12);
        metrics.BalancedAccuracy.Should().BeApproximately(0.6041666666666666, 1e-12);
        metrics.Classes.Select(one => one.Precision).Should().Equal([2 / 3d, 2 / 3d, 0.75, 0], (found, expected) => Math.Abs(found - expected) < 1e-12);
        metrics.Classes.Select(one => one.Recall).Should().Equal([2 / 3d, 1, 0.75, 0], (found, expected) => Math.Abs(found - expected) < 1e-12);
        metrics.Classes.Select(one => one.F1).Should().Equal([2 / 3d, 0.8, 0.75, 0], (found, expected) => Math.Abs(found - expected) < 1e-12);
        metrics.ConfusionMatrix.Select(row => row.ToArray()).Should().BeEquivalentTo((int[][])[[2, 1, 0, 0], [0, 2, 0, 0], [1, 0, 3, 0], [0, 0, 1, 0]], options => options.WithStrictOrdering());
    }

    [Fact]
    public void ToMetrics_LogitsOfTwoClasses_HaveTheLossByTheFormula()
    {
        var tally = new MetricsTally(["a", "b"]);
        tally.Add([1, 3, 2000, 1000], [0, 0]);
        tally.ToMetrics().Loss.Should().BeApproximately((Math.Log(1 + Math.Exp(2)) + 0) / 2, 1e-6);
    }

    [Fact]
    public void ToMetrics_SevenClasses_CountsTheFiveHighest()
    {
        var tally = new MetricsTally([.. "abcdefg".Select(letter => letter.ToString())]);
        float[] logits = [7, 6, 5, 4, 3, 2, 1];
        foreach (int label in Enumerable.Range(0, 7))
        {
            tally.Add(logits, [label]);
        }

        tally.ToMetrics().TopFiveAccuracy.Should().BeApproximately(5 / 7d, 1e-12);
    }

    [Fact]
    public void ToText_NamesTotalsClassesAndConfusions() => Metrics().ToText().Should().Be("""
        10 images: accuracy 70.0%, top 5 100.0%, loss 0.9408, macro F1 0.5542
        class  images  precision  recall      F1
        cat         3      66.7%   66.7%  0.6667
        dog         2      66.7%  100.0%  0.8000
        eel         4      75.0%   75.0%  0.7500
        fox         1       0.0%    0.0%  0.0000
        1 of 3 cat taken for dog
        1 of 4 eel taken for cat
        1 of 1 fox taken for eel

        """.ReplaceLineEndings("\n"));

    [Fact]
    public void Evaluate_AnyBatchSize_HasTheSameFigures_AndLeavesTheNetwork()
    {
        LabelledImages images = ColouredShapes.Draw(21, 3);
        using GraphModule network = ColouredShapes.Network();
        string before = Bits.Of(network);
        ClassificationMetrics whole = NetworkEvaluator.Evaluate(network, images), parts = NetworkEvaluator.Evaluate(network, images, batchSize: 5);
        parts.Loss.Should().BeApproximately(whole.Loss, 1e-5);
        parts.ConfusionMatrix.SelectMany(row => row).Should().Equal(whole.ConfusionMatrix.SelectMany(row => row));
        network.training.Should().BeTrue();
        Bits.Of(network).Should().Be(before);
    }

    [Fact]
    public void Evaluate_ANetworkOfOtherClasses_SaysSo()
    {
        using nn.Module<Tensor, Tensor> network = nn.Sequential(nn.Flatten(), nn.Linear(768, 7));
        ((Action)(() => NetworkEvaluator.Evaluate(network, ColouredShapes.Draw(4, 1)))).Should().Throw<InvalidOperationException>()
            .WithMessage("For 4 images in 4 classes the network's output is [4, 7]: it must be [4, 4], one logit for each class.");
    }

    // Logits of 2 for what is predicted, and 0 for the others.
    private static ClassificationMetrics Metrics()
    {
        var tally = new MetricsTally(["cat", "dog", "eel", "fox"]);
        float[] logits = [.. Predicted.SelectMany(label => Enumerable.Range(0, 4).Select(place => place == label ? 2f : 0f))];
        tally.Add(logits.AsSpan(0, 12), Truth.AsSpan(0, 3));
        tally.Add(logits.AsSpan(12), Truth.AsSpan(3));
        return tally.ToMetrics();
    }
}
