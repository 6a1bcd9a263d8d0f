using RankNas.Correlation;

namespace RankNas.Core.Tests.Correlation;

public class BootstrapTests
{
    private static readonly double[] X = Noise(1);
    private static readonly double[] Y = [.. X.Zip(Noise(2), (value, noise) => value + noise)];

    [Fact]
    public void The_same_seed_gives_the_same_interval_and_another_one_another()
    {
        Estimate first = Bootstrap.Estimate(X, Y, KendallTau.Of, draws: 50, seed: 1);

        Bootstrap.Estimate(X, Y, KendallTau.Of, draws: 50, seed: 1).Should().Be(first);
        Bootstrap.Estimate(X, Y, KendallTau.Of, draws: 50, seed: 2).Should().NotBe(first);
        first.Low.Should().BeLessThan(first.Value);
        first.High.Should().BeGreaterThan(first.Value);
    }

    [Fact]
    public void What_cannot_be_drawn_from_is_refused()
    {
        FluentActions.Invoking(() => Bootstrap.Estimate(X, Y, null!)).Should().Throw<ArgumentNullException>().WithParameterName("statistic");
        FluentActions.Invoking(() => Bootstrap.Estimate(X, Y, KendallTau.Of, draws: 0)).Should().Throw<ArgumentOutOfRangeException>().WithParameterName("draws");
        FluentActions.Invoking(() => Bootstrap.Estimate(X, Y.AsMemory(1), (_, _) => 1)).Should().Throw<ArgumentException>().WithMessage("There are 200 values of x and 199 of y: *");
    }

    [Fact]
    public void Cancelled_draws_end() =>
        FluentActions.Invoking(() => Bootstrap.Estimate(X, Y, KendallTau.Of, cancellationToken: new CancellationToken(canceled: true)))
            .Should().Throw<OperationCanceledException>();

    private static double[] Noise(int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, 200).Select(_ => random.NextDouble())];
    }
}
