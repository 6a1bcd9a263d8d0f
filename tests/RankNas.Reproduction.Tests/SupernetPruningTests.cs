using RankNas.Images;
using RankNas.SearchSpaces;

namespace RankNas.Reproduction.Tests;

public class SupernetPruningTests
{
    private static readonly SupernetPruningOptions Quick = new() { KernelImages = 4, Crops = 60, Repeats = 1 };

    [Fact]
    [Trait("Category", "Campaign")]
    public void Search_SameSeed_SameArchitectureWithoutNone()
    {
        var space = new NatsTopologySpace();
        var pruning = new SupernetPruning(space, ProbeImages.Synthetic(count: 64), Quick);

        PruningOutcome outcome = pruning.Search(seed: 3, TestContext.Current.CancellationToken);

        // Four, three and two operations are tried on each of six edges.
        outcome.Evaluations.Should().Be(6 * (4 + 3 + 2));
        outcome.Architecture.Genes.Should().HaveCount(6).And.NotContain((int)CellOperation.None);
        pruning.Search(seed: 3, TestContext.Current.CancellationToken).Architecture.Should().Be(outcome.Architecture);
    }

    [Fact]
    public void Search_Cancelled_Throws()
    {
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        var pruning = new SupernetPruning(new NatsTopologySpace(), ProbeImages.Synthetic(count: 64), Quick);

        FluentActions.Invoking(() => pruning.Search(0, cancelled.Token)).Should().Throw<OperationCanceledException>();
    }

    [Fact]
    public void Constructor_FewerImagesThanTheKernelTakes_SaysHowMany() =>
        FluentActions.Invoking(() => new SupernetPruning(new NatsTopologySpace(), ProbeImages.Synthetic(count: 8)))
            .Should().Throw<ArgumentException>().WithMessage("Pruning looks at 72 images of 3x3 pixels or more, and there are 8 of 32x32.*");

    [Fact]
    public void Options_OneKernelImage_IsRefused() =>
        FluentActions.Invoking(() => new SupernetPruningOptions { KernelImages = 1 }).Should().Throw<ArgumentOutOfRangeException>().WithMessage("KernelImages is 1: it must be at least 2.*");
}
