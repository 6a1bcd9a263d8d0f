using RankNas.Scores;

namespace RankNas.Abstractions.Tests.Scores;

public class ScoreTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(-1e300)]
    [InlineData(double.Epsilon)]
    public void Of_AFiniteNumber_IsFinite(double value)
    {
        Score score = Score.Of(value);
        score.Kind.Should().Be(ScoreKind.Finite);
        score.Value.Should().Be(value);
        score.Failure.Should().BeNull();
    }

    [Theory]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public void Of_Infinity_IsInfinite(double value)
    {
        Score.Of(value).Kind.Should().Be(ScoreKind.Infinite);
        Score.Of(value).Value.Should().Be(value);
        Score.Of(value).Failure.Should().BeNull();
    }

    [Fact]
    public void Of_NaN_IsAFailureThatSaysSo() => Score.Of(double.NaN).Should().Be(Score.Failed("The proxy returned NaN."));

    [Fact]
    public void Failed_HasNoNumber_ButAReason()
    {
        Score score = Score.Failed("Out of memory.");
        score.Kind.Should().Be(ScoreKind.Failed);
        score.Value.Should().Be(double.NaN);
        score.Failure.Should().Be("Out of memory.");
        score.Should().NotBe(Score.Failed("Other."));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData(null)]
    public void Failed_WithoutAReason_Throws(string? reason) =>
        FluentActions.Invoking(() => Score.Failed(reason!)).Should().Throw<ArgumentException>().WithParameterName(nameof(reason));

    [Fact]
    public void Default_IsZero_NotAFailure() => default(Score).Should().Be(Score.Of(0));

    [Theory]
    [InlineData(0.1, "0.1")]
    [InlineData(-411.8817512, "-411.8817512")]
    [InlineData(double.PositiveInfinity, "Infinity")]
    [InlineData(double.NaN, "failed")]
    public void ToString_IsTheNumberInFull_OrFailed(double value, string text) => Score.Of(value).ToString().Should().Be(text);
}
