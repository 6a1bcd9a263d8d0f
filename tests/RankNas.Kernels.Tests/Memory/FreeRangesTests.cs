using CsCheck;
using RankNas.Kernels.Memory;

namespace RankNas.Kernels.Tests.Memory;

public class FreeRangesTests
{
    private const long Length = 100;

    [Fact]
    public void TakeAndGive_InAnyOrder_NeverOverlap_AndComeBackWhole() => Gen.Select(Gen.Bool, Gen.Int[1, 60], Gen.Int).Array[0, 60].Sample(steps =>
    {
        var ranges = new FreeRanges(Length);
        var taken = new List<(long Offset, long Length)>();
        foreach ((bool takes, int length, int which) in steps)
        {
            if (takes && ranges.TryTake(length, out long offset))
            {
                offset.Should().BeInRange(0, Length - length);
                taken.Should().NotContain(other => other.Offset < offset + length && offset < other.Offset + other.Length);
                taken.Add((offset, length));
            }
            else if (!takes && taken.Count > 0)
            {
                (long start, long room) = taken[(which & int.MaxValue) % taken.Count];
                taken.Remove((start, room));
                ranges.Give(start, room);
            }

            ranges.IsWhole.Should().Be(taken.Count == 0);
        }

        taken.ForEach(range => ranges.Give(range.Offset, range.Length));
        ranges.TryTake(Length, out long all).Should().BeTrue();
        all.Should().Be(0);
    });

    [Fact]
    public void TryTake_MoreThanThereIs_Fails()
    {
        var ranges = new FreeRanges(Length);
        ranges.TryTake(Length + 1, out _).Should().BeFalse();
        ranges.TryTake(60, out _).Should().BeTrue();
        ranges.TryTake(60, out _).Should().BeFalse();
        ranges.TryTake(40, out long rest).Should().BeTrue();
        rest.Should().Be(60);
    }

    [Fact]
    public void TryTake_WhereALongerRangeWasUsedBefore_LeavesTheRest()
    {
        var ranges = new FreeRanges(Length);
        ranges.TryTake(60, out long first).Should().BeTrue();
        ranges.TryTake(10, out _).Should().BeTrue();
        ranges.Give(first, 60);
        ranges.TryTake(20, out long again).Should().BeTrue();
        again.Should().Be(first, "the rest of 30 is shorter, but takes no memory yet");
        ranges.TryTake(30, out long within).Should().BeTrue();
        within.Should().Be(20);
        ranges.TryTake(30, out long rest).Should().BeTrue();
        rest.Should().Be(70);
    }
}
