using RankNas.Ranking;
using RankNas.Scores;
using RankNas.SearchSpaces;

namespace RankNas.Core.Tests.Search;

public class SearchProgressTests
{
    private static readonly ScoredArchitecture Latest = new(new NatsSizeSpace().FromIndex(0), [Score.Of(1)]) { Seconds = 0.5 };

    [Fact]
    public void ToString_IsASentence() =>
        new SearchProgress(412, 1000, 12, 3, TimeSpan.FromSeconds(90), Latest).ToString().Should().Be(
            "412 of 1,000 architectures scored in 0:01:30, 12 of them from the store, 3 with a failed score.");

    [Fact]
    public void TimeLeft_BeforeAnythingWasScoredAnew_IsUnknown() =>
        new SearchProgress(12, 1000, 12, 0, TimeSpan.FromSeconds(1), Latest).TimeLeft.Should().BeNull();

    // Four of ten were scored anew in 20 seconds.
    [Fact]
    public void TimeLeft_IsWhatTheRestTakesAtTheSpeedOfWhatWasScoredAnew() =>
        new SearchProgress(10, 16, 6, 0, TimeSpan.FromSeconds(20), Latest).TimeLeft.Should().Be(TimeSpan.FromSeconds(30));

    [Theory]
    [InlineData(45, 25)]
    [InlineData(60, 30)]
    [InlineData(15, 0)]
    public void TimeLeft_WithATimeLimit_IsTheLesserOfBoth(int limit, int left) =>
        (new SearchProgress(10, 16, 6, 0, TimeSpan.FromSeconds(20), Latest) with { TimeLimit = TimeSpan.FromSeconds(limit) }).TimeLeft.Should().Be(TimeSpan.FromSeconds(left));

    [Fact]
    public void ToString_WithoutStoreOrFailures_LeavesThemOut() =>
        new SearchProgress(7, 20, 0, 0, TimeSpan.FromHours(30), Latest).ToString().Should().Be("7 of 20 architectures scored in 30:00:00.");
}
