namespace RankNas.Evaluation.Tests.Correlation;

public class SelectionQualityTests
{
    private static readonly double[] Accuracies = [90, 94, 80, 93];

    [Fact]
    public void Regret_is_what_the_first_k_leave_out()
    {
        double[] scores = [3, 1, 4, 2];

        SelectionQuality.Regret(scores, Accuracies, 1).Should().Be(14);
        SelectionQuality.Regret(scores, Accuracies, 2).Should().Be(4);
        SelectionQuality.Regret(scores, Accuracies, 3).Should().Be(1);
        SelectionQuality.Regret(scores, Accuracies, 10).Should().Be(0);
    }

    [Fact]
    public void Gain_is_one_for_the_best_order_and_discounted_for_another()
    {
        // Gains 10, 14, 0, 13 above the lowest; the order of the scores is 80, 90, 93, 94.
        double[] scores = [3, 1, 4, 2];
        double gain = (10 / Math.Log2(3)) + (13 / Math.Log2(4)) + (14 / Math.Log2(5));
        double ideal = 14 + (13 / Math.Log2(3)) + (10 / Math.Log2(4));

        SelectionQuality.NormalizedGain(scores, Accuracies, 4).Should().BeApproximately(gain / ideal, 1e-15);
        SelectionQuality.NormalizedGain(Accuracies, Accuracies, 3).Should().Be(1);
        SelectionQuality.NormalizedGain([1, 2], [5, 5], 2).Should().Be(1);
    }

    [Fact]
    public void Choosing_none_and_values_that_are_no_pairs_are_refused()
    {
        FluentActions.Invoking(() => SelectionQuality.Regret([1], [1], 0)).Should().Throw<ArgumentOutOfRangeException>().WithParameterName("k");
        FluentActions.Invoking(() => SelectionQuality.Regret([1, 2], [1], 1)).Should().Throw<ArgumentException>().WithMessage("There are 2 values of x and 1 of y: *");
    }

    [Fact]
    public void Nothing_to_choose_from_is_refused() =>
        FluentActions.Invoking(() => SelectionQuality.Regret([], [], 1)).Should().Throw<ArgumentException>()
            .WithMessage("There are no architectures to choose from.*");
}
