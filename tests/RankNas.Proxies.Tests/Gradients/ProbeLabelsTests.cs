using CsCheck;
using RankNas.Proxies.Gradients;
using TorchSharp;
using static TorchSharp.torch;

namespace RankNas.Proxies.Tests.Gradients;

public class ProbeLabelsTests
{
    // Computed in Python from the description of the seeds and of SplitMix64.
    [Theory]
    [InlineData(0, 5, 7, 0, 7, 9, 1, 1, 3, 1, 4, 1, 5)]
    [InlineData(7, 2, 3, 2, 4, 9, 9, 8, 5, 0, 6, 4, 4)]
    public void For_NoLabels_DrawsThoseThatPythonDoes(long seed, params int[] expected)
    {
        using Tensor images = zeros(expected.Length, 1, 2, 2);
        using var batch = new ProbeBatch(images, noiseSeed: seed);
        using Tensor labels = ProbeLabels.For(batch, 10);

        labels.data<long>().Select(label => (int)label).Should().Equal(expected);
    }

    [Fact]
    public void For_AnyClasses_AreInRangeAndOwnOnesStay() => Gen.Select(Gen.Int[1, 20], Gen.Int[1, 40], Gen.Long).Sample(
        (classes, images, seed) =>
        {
            using DisposeScope scope = NewDisposeScope();
            using var drawn = new ProbeBatch(zeros(images, 1, 1, 1), noiseSeed: seed);
            long[] labels = [.. ProbeLabels.For(drawn, classes).data<long>()];
            using var labelled = new ProbeBatch(zeros(images, 1, 1, 1), tensor(labels), noiseSeed: seed + 1);
            return labels.All(label => label >= 0 && label < classes)
                && ProbeLabels.For(labelled, classes).data<long>().SequenceEqual(labels);
        }, iter: 200);

    [Theory]
    [InlineData(4)]
    [InlineData(-1)]
    public void Score_LabelOutsideTheClasses_IsAsWithoutLabels(long label)
    {
        using DisposeScope scope = NewDisposeScope();
        using nn.Module<Tensor, Tensor> network = nn.Sequential(nn.Flatten(), nn.Linear(12, 4));
        Tensor images = NormalDraw.Of(4, 3, 2, 2);
        using var own = new ProbeBatch(images, tensor(new long[] { 3, 3, 3, 3 }));
        using var wrong = new ProbeBatch(images, tensor(new[] { 3, 3, 3, label }));
        using var without = new ProbeBatch(images);
        using var otherSeed = new ProbeBatch(images, noiseSeed: 1);
        foreach (IZeroCostProxy proxy in BuiltIn.Labelled)
        {
            double score = proxy.Score(network, without);
            proxy.Score(network, wrong).Should().Be(score, proxy.Id);
            proxy.Score(network, own).Should().NotBe(score, proxy.Id);
            proxy.Score(network, otherSeed).Should().NotBe(score, proxy.Id);
        }
    }
}
