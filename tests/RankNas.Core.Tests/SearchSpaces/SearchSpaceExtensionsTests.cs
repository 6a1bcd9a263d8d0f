using RankNas.Constraints;
using RankNas.Core.Tests.Support;
using RankNas.Graphs;
using RankNas.Search;
using RankNas.SearchSpaces;
using RankNas.Torch;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace RankNas.Core.Tests.SearchSpaces;

public class SearchSpaceExtensionsTests
{
    private static readonly NetworkShape Shape = new() { Height = 8, Width = 8 };

    [Fact]
    public void BuildNetwork_OfASpaceThatDescribes_IsTheModuleOfTheGraphWithDefaultWeights()
    {
        using DisposeScope scope = NewDisposeScope();
        var space = new TinySpace();
        Architecture architecture = space.Parse("1-1-2");
        using nn.Module<Tensor, Tensor> network = space.BuildNetwork(architecture, Shape);
        using GraphModule module = space.Describe(architecture, Shape).ToModule(WeightInitializer.Default, seed: 0);

        network.Should().BeOfType<GraphModule>();
        network.parameters().Zip(module.parameters()).Should().OnlyContain(pair => pair.First.eq(pair.Second).all().item<bool>());
        space.CostOf(architecture, Shape).Should().Be(NetworkCostMeter.Measure(network, Shape));
    }

    [Fact]
    public void AViewOfASpaceOfModules_BuildsAndMeasuresThem()
    {
        var space = new FaultySpace { BuildInstead = shape => nn.Sequential(nn.Flatten(), nn.Linear(3 * 8 * 8, shape.Classes)) };
        foreach (ISearchSpace view in (ISearchSpace[])[space, new GuardedSpace(space), new ConstrainedSearchSpace(new GuardedSpace(space), Shape)])
        {
            using nn.Module<Tensor, Tensor> network = view.BuildNetwork(view.FromIndex(0), Shape);
            network.Should().BeOfType<Sequential>();
            view.CostOf(view.FromIndex(0), Shape).Should().Be(new NetworkCost((3 * 8 * 8 * 10) + 10, 3 * 8 * 8 * 10));
            view.Invoking(one => one.Describe(one.FromIndex(0), Shape)).Should().Throw<Exception>().WithMessage("*builds modules and has no graphs: implement Describe*");
        }
    }

    [Fact]
    public void AViewOfASpaceThatFails_NamesIt()
    {
        ISearchSpace view = new GuardedSpace(new CountingSpace { HasNoCosts = true });
        view.Invoking(space => space.CostOf(space.FromIndex(0), Shape)).Should().Throw<SearchComponentException>()
            .WithMessage("The space 'counting' failed in CostOf: Too odd.");
    }

    [Fact]
    public void ADescriptionForOtherImages_IsRefused()
    {
        var space = new Stubborn();
        space.Invoking(one => one.BuildNetwork(one.FromIndex(0), new NetworkShape())).Should().Throw<InvalidOperationException>()
            .WithMessage("Describe of stubborn describes a network for other images or classes: begin it by Graph.Images(shape) or Graph.Input(shape).");
    }

    private sealed class Stubborn() : ChoiceSearchSpace("stubborn", new Choice("a", 1))
    {
        public override NetworkGraph Describe(Architecture architecture, NetworkShape shape) => Graph.Images(Shape).GlobalAveragePool().Linear(10).Build();
    }
}
