using CsCheck;
using RankNas.Graphs;
using RankNas.Graphs.Operations;
using RankNas.Kernels.Execution;
using RankNas.Kernels.Tests.Support;
using RankNas.Proxies;

namespace RankNas.Kernels.Tests.Execution;

public class ExecutionPlanTests
{
    private const string Convolutions = "conv";

    [Fact]
    public void EqualActivationsAndPoolings_AreComputedOnce_AndCountForEach()
    {
        ExecutionPlan plan = PlanOf(LayerKinds.Activation | LayerKinds.Pooling, x =>
            Graph.Sum(x.Relu().Conv(8, 3).BatchNorm(), x.Relu().Conv(8, 1).BatchNorm(), x.AveragePool(3, 1, 1), x.AveragePool(3, 1, 1)));
        plan.Steps.OfType<ReportStep>().Where(step => step.Uses == 2).Select(step => step.Kind).Should().Equal(LayerKinds.Activation, LayerKinds.Pooling);
        plan.Steps.OfType<DeferStep>().Should().HaveCount(1);
        plan.Steps.OfType<SumStep>().Should().ContainSingle().Which.Terms.Should().HaveCount(4);
    }

    [Theory]
    [InlineData(true, 0)]
    [InlineData(false, 2)]
    public void Zeros_AreFollowed_AsFarAsBatchNormKeepsThem(bool keepsZeros, int sums)
    {
        ExecutionPlan plan = PlanOf(LayerKinds.Convolution, x => x + x.Zeros(8, 6, 6).Relu().Conv(8, 3).BatchNorm().AveragePool(3, 1, 1), keepsZeros);
        ComputedOf(plan, Convolutions).Should().Be(0);
        plan.Steps.OfType<SumStep>().Should().HaveCount(sums);
        plan.Steps.OfType<ReportStep>().Should().HaveCount(1);
    }

    [Theory]
    [InlineData(LayerKinds.None, 0)]
    [InlineData(LayerKinds.Convolution, 1)]
    public void DeadNodes_AreLeftOut_ButForWhatObserversSee(LayerKinds kinds, int convolutions)
    {
        ExecutionPlan plan = PlanOf(kinds, x =>
        {
            x.Conv(8, 3).Conv(8, 1);
            return x.Identity();
        });
        ComputedOf(plan, Convolutions).Should().Be(convolutions);
        plan.Steps.OfType<ReportStep>().Select(step => step.LiveUses).Should().Equal(Enumerable.Repeat(0, 2 * convolutions));
    }

    [Fact]
    public void SlicesOfWhatWasConcatenated_AreItsParts_WhereTheyAreWhole()
    {
        static GraphValue Halves(GraphValue x, int first)
        {
            GraphValue both = Graph.Concatenate([x.Conv(8, 3), x.Conv(8, 1)]);
            return both.Slice(0, first, 8) + both.Slice(0, 8, 8);
        }

        ComputedOf(PlanOf(LayerKinds.None, x => Halves(x, first: 0)), "concat").Should().Be(0);
        ComputedOf(PlanOf(LayerKinds.None, x => Halves(x, first: 0)), "slice").Should().Be(0);
        ComputedOf(PlanOf(LayerKinds.None, x => Halves(x, first: 4)), "concat").Should().Be(1);
        ComputedOf(PlanOf(LayerKinds.None, x => Halves(x, first: 4)), "slice").Should().Be(1);
    }

    [Fact]
    public void ConvolutionBatchNormActivation_IsTwoSteps_UnlessSomebodyWatches()
    {
        static GraphValue Block(GraphValue x) => x.Conv(8, 3).BatchNorm().Relu().Conv(8, 3).BatchNorm().Relu().MaxPool(3, 2);
        PlanOf(LayerKinds.None, Block).Steps.OfType<SumStep>().Should().HaveCount(2).And.OnlyContain(step => step.Activation != null && step.Terms[0].MayOverwrite);
        PlanOf(LayerKinds.Activation, Block).Steps.OfType<SumStep>().Should().HaveCount(2).And.OnlyContain(step => step.Activation == null);
    }

    [Fact]
    public void Values_AreReleasedOnce_AfterTheLastStepThatReadsThem()
    {
        ExecutionPlan plan = PlanOf(Pass.EveryKind, x => Graph.Sum(x, x.Relu().Conv(8, 3).BatchNorm(), x.Conv(8, 1).BatchNorm().Relu().AveragePool(3, 1, 1)));
        plan.Steps.SelectMany(step => step.Releases).Should().OnlyHaveUniqueItems().And.NotContain(plan.Output);
    }

    // Two layers read what the first gives, and the sum of two others could wait until after the second of them.
    [Fact]
    public void SumsThatFreeTwoValues_ComeBeforeWhatDoesNotNeedThem()
    {
        static GraphValue Cell(GraphValue x)
        {
            GraphValue stem = x.Conv(8, 3);
            GraphValue first = stem.Relu().Conv(8, 3).BatchNorm();
            GraphValue second = Graph.Sum(stem.Relu().Conv(8, 3).BatchNorm(), first.Relu().Conv(8, 3).BatchNorm());
            return Graph.Sum(stem, first.Relu().Conv(8, 3, name: "late").BatchNorm(), second.Relu().Conv(8, 3).BatchNorm());
        }

        ExecutionPlan plan = PlanOf(LayerKinds.None, Cell);
        string[] order = [.. plan.Steps.Select(step => step is ComputeStep { Node.Name: "late" } ? "late" : step.GetType().Name)];
        Array.IndexOf(order, nameof(SumStep)).Should().BeLessThan(Array.IndexOf(order, "late"));
        MostHeld(plan).Should().Be(4);
    }

    [Fact]
    public void SumsThatFreeOneValue_StayWhereTheyAre()
    {
        ExecutionPlan plan = PlanOf(LayerKinds.None, x =>
        {
            GraphValue stem = x.Conv(8, 3);
            GraphValue sum = stem + stem.Conv(8, 3, name: "term");
            GraphValue late = stem.Conv(8, 3, name: "late");
            return Graph.Sum(late, sum.Relu().MaxPool(3, 1, 1));
        });
        string[] order = [.. plan.Steps.Select(step => step is ComputeStep compute ? compute.Node.Name : step.GetType().Name)];
        Array.IndexOf(order, nameof(SumStep)).Should().BeGreaterThan(Array.IndexOf(order, "late"));
    }

    [Fact]
    public void Steps_OfAnyGraph_ReadWhatIsThere() => RandomGraphs.All.Sample(
        graph =>
        {
            ExecutionPlan plan = ExecutionPlan.Of(graph, Pass.EveryKind, _ => true);
            var made = new HashSet<int>();
            foreach (PlanStep step in plan.Steps)
            {
                step.Read.Except(made).Should().BeEmpty();
                if (step.Made is { } value)
                {
                    made.Add(value);
                }

                made.ExceptWith(step.Releases);
            }
        },
        iter: 300);

    // Values of images that lie in memory at once, but for the images themselves.
    private static int MostHeld(ExecutionPlan plan)
    {
        var held = new HashSet<int>();
        int most = 0;
        foreach (PlanStep step in plan.Steps.Where(step => step is not DeferStep and not NormalizeStep and not ComputeStep { Node.Operation: InputOperation }))
        {
            if (step is SumStep sum)
            {
                held.ExceptWith(sum.Terms.Where(term => term.MayOverwrite).Take(1).Select(term => term.Value));
            }

            if (step.Made is { } value)
            {
                held.Add(value);
            }

            most = Math.Max(most, held.Count);
            held.ExceptWith(step.Releases);
        }

        return most;
    }

    private static int ComputedOf(ExecutionPlan plan, string name) =>
        plan.Steps.OfType<ComputeStep>().Count(step => step.Node.Name.StartsWith(name, StringComparison.Ordinal));

    private static ExecutionPlan PlanOf(LayerKinds kinds, Func<GraphValue, GraphValue> body, bool keepsZeros = true)
    {
        NetworkGraph graph = body(Graph.Images(new NetworkShape { Channels = 8, Height = 6, Width = 6 })).GlobalMaxPool().Linear(10).Build();
        return ExecutionPlan.Of(graph, kinds, _ => keepsZeros);
    }
}
