using RankNas.Graphs;
using static TorchSharp.torch;

namespace RankNas.Torch.Tests;

public class LatencyMeterTests
{
    private static readonly NetworkShape Shape = new() { Height = 4, Width = 4 };

    [Fact]
    public void Measure_RunsWarmUpsAndPasses_OnTheBatch()
    {
        using var network = new Recorder();
        new LatencyMeter { BatchSize = 3, WarmUps = 2, Passes = 5 }.Measure(network, Shape);
        network.Calls.Should().HaveCount(7).And.OnlyContain(call => call == "3,3,4,4 eval without gradients");
        network.training.Should().BeTrue("the network is left as it was");
    }

    [Fact]
    public void Measure_IsTheMedian()
    {
        // One pass of three is slow: a mean would show it.
        using var network = new Recorder(slowCall: 1);
        new LatencyMeter { WarmUps = 0, Passes = 3 }.Measure(network, Shape).Should().BePositive().And.BeLessThan(Recorder.Slow / 3);
    }

    [Fact]
    public void Measure_OfAnEvenNumber_IsTheMeanOfTheMiddleTwo()
    {
        using var network = new Recorder(slowCall: 1);
        new LatencyMeter { WarmUps = 0, Passes = 2 }.Measure(network, Shape).Should().BeGreaterThanOrEqualTo(Recorder.Slow / 2);
    }

    [Fact]
    public void Settings_OutOfRange_Throw()
    {
        FluentActions.Invoking(() => new LatencyMeter { BatchSize = 0 }).Should().Throw<ArgumentOutOfRangeException>().WithParameterName("BatchSize");
        FluentActions.Invoking(() => new LatencyMeter { WarmUps = -1 }).Should().Throw<ArgumentOutOfRangeException>().WithParameterName("WarmUps");
        FluentActions.Invoking(() => new LatencyMeter { Passes = 0 }).Should().Throw<ArgumentOutOfRangeException>().WithParameterName("Passes");
    }

    private sealed class Recorder(int slowCall = -1) : nn.Module<Tensor, Tensor>("recorder")
    {
        public static readonly TimeSpan Slow = TimeSpan.FromMilliseconds(600);

        public List<string> Calls { get; } = [];

        public override Tensor forward(Tensor input)
        {
            if (Calls.Count == slowCall)
            {
                Thread.Sleep(Slow);
            }

            Calls.Add($"{string.Join(',', input.shape)} {(training ? "train" : "eval")} {(is_grad_enabled() ? "with" : "without")} gradients");
            return input.alias();
        }
    }
}
