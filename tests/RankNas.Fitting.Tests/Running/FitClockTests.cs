using RankNas.Fitting.Running;

namespace RankNas.Fitting.Tests.Running;

public class FitClockTests
{
    [Fact]
    public void Shares_OfTenMinutes_AreAFifthThreeTenthsAndTheRest()
    {
        var clock = new FitClock(TimeSpan.FromMinutes(10));

        clock.ForSearch.Should().Be(TimeSpan.FromMinutes(2));
        clock.ForEachOf(3).Should().Be(TimeSpan.FromMinutes(1));
        clock.ForTraining.Should().BeCloseTo(TimeSpan.FromMinutes(9.7), TimeSpan.FromSeconds(30));
    }

    [Fact]
    public void Shares_WithoutALimit_AreNone()
    {
        var clock = new FitClock(null);

        clock.ForSearch.Should().BeNull();
        clock.ForEachOf(3).Should().BeNull();
        clock.ForTraining.Should().BeNull();
    }

    [Fact]
    public void Shares_OfAnInstant_AreASecond() => new FitClock(TimeSpan.FromMilliseconds(1)).ForTraining.Should().Be(TimeSpan.FromSeconds(1));
}
