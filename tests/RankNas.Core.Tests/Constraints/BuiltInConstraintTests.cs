using RankNas.Constraints;
using RankNas.Graphs;
using RankNas.Latency;
using RankNas.SearchSpaces;
using RankNas.Torch;
using RankNas.Torch.Tests.Support;
using static TorchSharp.torch;

namespace RankNas.Core.Tests.Constraints;

public class BuiltInConstraintTests
{
    private static readonly NetworkShape Shape = new();
    private static readonly NetworkCost Cost = NetworkCostMeter.Measure(SmallNetwork.Create(), Shape);

    [Fact]
    public void MaxParameters_AdmitsUpToTheLimit()
    {
        new MaxParameters(Cost.Parameters).Admits(Candidate()).Should().BeTrue();
        new MaxParameters(Cost.Parameters - 1).Admits(Candidate()).Should().BeFalse();
    }

    [Fact]
    public void MaxMacs_AdmitsUpToTheLimit()
    {
        new MaxMacs(Cost.Macs).Admits(Candidate()).Should().BeTrue();
        new MaxMacs(Cost.Macs - 1).Admits(Candidate()).Should().BeFalse();
    }

    [Fact]
    public void MaxLatency_MeasuresAnArchitectureOnce()
    {
        var space = new CountedSpace();
        var constraint = new MaxLatency(TimeSpan.FromMinutes(1), new TorchLatency(new LatencyMeter { Passes = 3 }));
        TimeSpan once = constraint.LatencyOf(CandidateOf(space));
        constraint.LatencyOf(CandidateOf(space)).Should().Be(once).And.BePositive();
        constraint.Admits(CandidateOf(space)).Should().BeTrue();
        space.Built.Should().Be(1);
    }

    [Fact]
    public void MaxLatency_RefusesWhatTakesLonger() => new MaxLatency(TimeSpan.FromTicks(1)).Admits(Candidate()).Should().BeFalse();

    [Fact]
    public void ACandidate_ComputesItsCostOnce_AndOnlyWhereItIsAskedFor()
    {
        var space = new CountedSpace();
        ConstraintCandidate candidate = CandidateOf(space);
        space.Built.Should().Be(0);
        candidate.Cost.Should().Be(Cost);
        candidate.Cost.Should().Be(Cost);
        space.Built.Should().Be(1);
    }

    [Fact]
    public void Descriptions_AreForPeople()
    {
        new MaxParameters(500_000).Description.Should().Be("at most 500,000 parameters");
        new MaxMacs(1_000_000).Description.Should().Be("at most 1,000,000 multiply-accumulates");
        new MaxLatency(TimeSpan.FromMicroseconds(2500), new TorchLatency(new LatencyMeter { BatchSize = 8 })).Description
            .Should().Be("a latency of at most 2.5 ms for a batch of 8");
    }

    [Fact]
    public void ALimitOfNothing_SaysWhatItMustBe()
    {
        FluentActions.Invoking(() => new MaxParameters(0)).Should().Throw<ArgumentOutOfRangeException>().WithMessage("The most parameters are 0: *");
        FluentActions.Invoking(() => new MaxMacs(-1)).Should().Throw<ArgumentOutOfRangeException>().WithMessage("The most multiply-accumulates are -1: *");
        FluentActions.Invoking(() => new MaxLatency(TimeSpan.Zero)).Should().Throw<ArgumentOutOfRangeException>().WithMessage("*greater than 0*");
    }

    private static ConstraintCandidate Candidate() => CandidateOf(new CountedSpace());

    private static ConstraintCandidate CandidateOf(CountedSpace space) => new(space, space.Create(0), Shape);

    /// <summary>A space of one architecture that counts how often it is built.</summary>
    private sealed class CountedSpace() : GenomeSearchSpace("counted", [1]), IModuleSearchSpace
    {
        public int Built { get; private set; }

        public override Architecture Parse(string text) => Create(0);

        public nn.Module<Tensor, Tensor> BuildNetwork(Architecture architecture, NetworkShape shape)
        {
            Built++;
            return SmallNetwork.Create();
        }

        protected override string Format(ReadOnlySpan<int> genes) => "only";
    }
}
