using CsCheck;
using RankNas.Graphs;
using RankNas.Torch;

namespace RankNas.SearchSpaces.Tests;

/// <summary>What holds of every space: its index, its descriptions, its representatives and the parameters that it counts.</summary>
public class SpacePropertyTests
{
    public static TheoryData<string> Ids => EverySpaceTests.Ids;

    [Fact]
    public void Ids_AreOfEverySpaceOfTheCatalog() =>
        Ids.Select(row => SpaceCatalog.Create(row.Data).Id.Split('(')[0]).Distinct().Should().BeEquivalentTo(SpaceCatalog.Entries.Select(entry => entry.Name));

    [Theory]
    [MemberData(nameof(Ids))]
    public void IndexOf_AnySample_LeadsBackToIt(string id)
    {
        ISearchSpace space = SpaceCatalog.Create(id);
        if (!space.HasIndex)
        {
            space.Invoking(one => one.IndexOf(one.Sample(new Random(1)))).Should().Throw<NotSupportedException>();
            return;
        }

        Gen.Int.Sample(
            seed =>
            {
                Architecture sample = space.Sample(new Random(seed));
                long index = space.IndexOf(sample);
                index.Should().BeInRange(0, (long)space.Count - 1);
                space.FromIndex(index).Should().Be(sample);
                space.FromIndex(index).Genes.Should().Equal(sample.Genes);
            },
            iter: 100);
        space.IndexOf(space.FromIndex(0)).Should().Be(0);
        space.IndexOf(space.FromIndex((long)space.Count - 1)).Should().Be((long)space.Count - 1);
        space.Invoking(one => one.FromIndex((long)one.Count)).Should().Throw<ArgumentOutOfRangeException>();
        space.Invoking(one => one.FromIndex(-1)).Should().Throw<ArgumentOutOfRangeException>();
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Describe_AnySample_IsANetworkOfTheShape_WhichIsTheSameWhenItIsReadAgain(string id)
    {
        ISearchSpace space = SpaceCatalog.Create(id);
        Gen.Select(Gen.Int, Gen.Int[1, 120], Gen.Int[1, 4]).Sample(
            (seed, classes, channels) =>
            {
                NetworkShape shape = ShapeOf(space) with { Classes = classes, Channels = channels };
                NetworkGraph graph = space.Describe(space.Sample(new Random(seed)), shape);
                graph.Output.Shape.ToArray().Should().Equal(classes);
                graph.Nodes[0].Shape.ToArray().Should().Equal(channels, shape.Height, shape.Width);
                var again = NetworkGraph.FromJson(graph.ToJson());
                again.CanonicalKey.Should().Be(graph.CanonicalKey);
                again.Costs.Should().Be(graph.Costs);
            },
            iter: 6);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Canonicalize_AnySample_GivesARepresentativeOfTheSameNetwork(string id)
    {
        ISearchSpace space = SpaceCatalog.Create(id);
        Gen.Int.Sample(
            seed =>
            {
                Architecture sample = space.Sample(new Random(seed));
                if (space.Canonicalize(sample) is { } representative)
                {
                    space.Canonicalize(representative).Should().Be(representative);
                    space.Parse(representative.Text).Should().Be(representative);

                    // NATS-Bench's rule, which its topology space keeps to, takes a layer that is shared for two layers alike.
                    if (space is not NatsTopologySpace)
                    {
                        space.Describe(representative, ShapeOf(space)).CanonicalKey.Should().Be(space.Describe(sample, ShapeOf(space)).CanonicalKey);
                    }
                }
            },
            iter: 20);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void CostOf_AnySample_CountsTheParametersOfItsModule(string id)
    {
        ISearchSpace space = SpaceCatalog.Create(id);
        Gen.Int.Sample(
            seed =>
            {
                Architecture sample = space.Sample(new Random(seed));
                NetworkGraph graph = space.Describe(sample, ShapeOf(space));
                using GraphModule network = graph.ToModule();

                network.parameters().Sum(parameter => parameter.numel()).Should().Be(graph.Cost.Parameters).And.Be(space.CostOf(sample, ShapeOf(space)).Parameters);
                network.named_parameters().Select(parameter => (parameter.name, string.Join(',', parameter.parameter.shape)))
                    .Should().BeEquivalentTo(graph.Parameters.Select(parameter => (parameter.Name, string.Join(',', parameter.Shape))));
            },
            iter: 2);
    }

    private static NetworkShape ShapeOf(ISearchSpace space) =>
        space.ImageSize is { } size ? new NetworkShape { Height = size.Height, Width = size.Width } : new NetworkShape();
}
