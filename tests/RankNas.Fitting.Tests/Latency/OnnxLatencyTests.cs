using RankNas.Constraints;
using RankNas.Graphs;
using RankNas.Latency;
using RankNas.SearchSpaces;
using RankNas.Torch;

namespace RankNas.Fitting.Tests.Latency;

public class OnnxLatencyTests
{
    private static readonly NetworkShape Shape = new() { Channels = 3, Height = 8, Width = 8, Classes = 4 };
    private static readonly NatsTopologySpace Space = new();
    private static readonly OnnxLatencyOptions Quick = new() { WarmUps = 1, Repeats = 3 };

    [Fact]
    public void MillisecondsOf_SameArchitecture_IsMeasuredOnce()
    {
        var latency = new OnnxLatency(Quick);

        double first = latency.MillisecondsOf(Candidate(7));

        latency.MillisecondsOf(Candidate(7)).Should().Be(first).And.BePositive();
    }

    [Fact]
    public void Measure_AModelInAFile_GivesOrderedQuartiles()
    {
        using TempFolder folder = new();
        string file = Path.Combine(folder.Path, "model.onnx");
        using GraphModule network = Space.Describe(Candidate(9).Architecture, Shape).ToModule();
        network.ExportOnnx(file);

        LatencyMeasurement measured = new OnnxLatency(new OnnxLatencyOptions { BatchSize = 2, Threads = 2, WarmUps = 0, Repeats = 5 }).Measure(file);

        measured.Repeats.Should().Be(5);
        measured.LowerQuartile.Should().BePositive().And.BeLessThanOrEqualTo(measured.Milliseconds);
        measured.UpperQuartile.Should().BeGreaterThanOrEqualTo(measured.Milliseconds);
    }

    [Fact]
    public void Of_Passes_InterpolatesQuantiles() =>
        LatencyMeasurement.Of([4, 1, 3, 2]).Should().Be(new LatencyMeasurement(2.5, 1.75, 3.25, 4));

    [Fact]
    public void Measure_NoModel_SaysSo()
    {
        Action measuring = () => new OnnxLatency(Quick).Measure(new byte[] { 1, 2, 3 });

        measuring.Should().Throw<InvalidDataException>().WithMessage("*no ONNX model*");
    }

    [Fact]
    public void Description_OfOptions_NamesThem()
    {
        new OnnxLatency().Description.Should().Be("a batch of 1 in ONNX Runtime, 1 thread");
        new OnnxLatency(new OnnxLatencyOptions { BatchSize = 8, Threads = 2 }).Description.Should().Be("a batch of 8 in ONNX Runtime, 2 threads");
    }

    [Theory]
    [InlineData(0, 1, 1, 1)]
    [InlineData(1, 0, 1, 1)]
    [InlineData(1, 1, -1, 1)]
    [InlineData(1, 1, 1, 0)]
    public void Options_OutOfRange_AreRefused(int threads, int batch, int warmUps, int repeats)
    {
        Action making = () => _ = new OnnxLatencyOptions { Threads = threads, BatchSize = batch, WarmUps = warmUps, Repeats = repeats };

        making.Should().Throw<ArgumentOutOfRangeException>().WithMessage("*it must be from*");
    }

    [Fact]
    public void A_latency_model_is_fitted_to_measured_networks_and_predicts_others()
    {
        var latency = new OnnxLatency(Quick);
        ConstraintCandidate[] measured = [.. Enumerable.Range(0, 12).Select(Candidate)];

        LatencyModel model = LatencyModel.Fit(latency.Description, measured.Select(candidate => (candidate.Graph, latency.MillisecondsOf(candidate))));

        model.Networks.Should().Be(12);
        foreach (int seed in Enumerable.Range(0, 12))
        {
            model.MillisecondsOf(Candidate(seed)).Should().BePositive().And.BeLessThan(double.PositiveInfinity);
        }
    }

    [Fact]
    public void A_limit_of_latency_admits_what_is_measured_below_it()
    {
        var latency = new OnnxLatency(Quick);
        double measured = latency.MillisecondsOf(Candidate(3));

        new MaxLatency(TimeSpan.FromMilliseconds(measured + 0.1), latency).Admits(Candidate(3)).Should().BeTrue();
        new MaxLatency(TimeSpan.FromMilliseconds(measured / 2), latency).Admits(Candidate(3)).Should().BeFalse();
    }

    private static ConstraintCandidate Candidate(int seed) => new(Space, Space.Sample(new Random(seed)), Shape);
}
