using RankNas.Core.Tests.Support;
using RankNas.Graphs;
using RankNas.Scoring;
using RankNas.SearchSpaces;

namespace RankNas.Core.Tests.Scoring;

public class WorkOrderTests
{
    private static readonly NetworkShape Shape = new();

    [Fact]
    public void Of_FewArchitectures_AreTheLongestFirst()
    {
        var space = new CountingSpace();
        Architecture[] few = Architectures(space, 3, 9, 1, 7, 8);
        Genes(new WorkOrder(space, Shape).Of(few, workers: 2)).Should().Equal(9, 8, 7, 3, 1);
    }

    [Fact]
    public void Of_ManyArchitectures_ComeAsTheyAreUpToTheLastFew()
    {
        var space = new CountingSpace();
        Architecture[] many = Architectures(space, [.. Enumerable.Range(0, 100)]);
        Genes(new WorkOrder(space, Shape).Of(many, workers: 2)).Should()
            .Equal([.. Enumerable.Range(0, 84), .. Enumerable.Range(84, 16).Reverse()]);
    }

    [Fact]
    public void Of_ForOneWorker_IsAsTheyCome()
    {
        var space = new CountingSpace();
        Genes(new WorkOrder(space, Shape).Of(Architectures(space, 3, 9, 1), workers: 1)).Should().Equal(3, 9, 1);
        space.Described.Should().Be(0);
    }

    [Fact]
    public void Of_ASpaceOfModules_IsAsTheyCome_AndBuildsNothing()
    {
        int built = 0;
        var space = new FaultySpace { BuildInstead = _ => throw new InvalidOperationException($"Network {++built}.") };
        Architecture[] few = [.. new[] { 3, 9, 1 }.Select(index => space.FromIndex(index))];
        new WorkOrder(space, Shape).Of(few, workers: 2).Should().Equal(few);
        built.Should().Be(0);
    }

    [Fact]
    public void Of_ASpaceThatCannotDescribe_IsAsTheyCome()
    {
        var space = new CountingSpace { HasNoCosts = true };
        Genes(new WorkOrder(space, Shape).Of(Architectures(space, 3, 9, 1), workers: 2)).Should().Equal(3, 9, 1);
    }

    private static Architecture[] Architectures(CountingSpace space, params int[] genes) => [.. genes.Select(gene => space.FromIndex(gene))];

    private static IEnumerable<int> Genes(IEnumerable<Architecture> architectures) => architectures.Select(architecture => architecture.Genes[0]);
}
