using RankNas.Kernels.Memory;

namespace RankNas.Kernels.Tests;

public class ScratchTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Values_AreZeros_HoweverTheMemoryWasLeft(bool hasArena)
    {
        using ActivationArena? arena = hasArena ? ActivationArena.ForThisThread() : null;
        for (int time = 0; time < 3; time++)
        {
            using var first = new Scratch<float>(1000);
            using var second = new Scratch<float>(0);
            using var third = new Scratch<byte>(77);
            first.Values.ToArray().Should().OnlyContain(value => value == 0);
            third.Values.ToArray().Should().OnlyContain(value => value == 0);
            first.Values.Fill(3);
            third.Values.Fill(5);
            first.Values.ToArray().Should().OnlyContain(value => value == 3);
        }
    }

    [Fact]
    public void Dispose_GivesTheThreadsArenaItsMemoryBack()
    {
        var arena = ActivationArena.ForThisThread();
        var scratch = new Scratch<float>(1 << 20);
        arena.Length.Should().BePositive();
        arena.Dispose();
        arena.Length.Should().BePositive("the memory is in use");
        scratch.Values[^1] = 1;
        scratch.Dispose();
        arena.Length.Should().Be(0);
    }
}
