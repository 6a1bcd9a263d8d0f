using RankNas.Diagnostics;

namespace RankNas.Core.Tests.Diagnostics;

public class ProgressStepsTests
{
    [Fact]
    public void IsDue_AfterEachTenth_ButNotTwiceWithinThirtySeconds()
    {
        var steps = new ProgressSteps();
        steps.IsDue(99, 1000, TimeSpan.FromMinutes(5)).Should().BeFalse();
        steps.IsDue(100, 1000, TimeSpan.FromSeconds(29)).Should().BeFalse();
        steps.IsDue(101, 1000, TimeSpan.FromSeconds(31)).Should().BeTrue();
        steps.IsDue(102, 1000, TimeSpan.FromSeconds(90)).Should().BeFalse();
        steps.IsDue(500, 1000, TimeSpan.FromSeconds(60)).Should().BeFalse();
        steps.IsDue(501, 1000, TimeSpan.FromSeconds(62)).Should().BeTrue();
        steps.IsDue(int.MaxValue, int.MaxValue, TimeSpan.FromHours(1)).Should().BeTrue();
    }
}
