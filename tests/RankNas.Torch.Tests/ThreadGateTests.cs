namespace RankNas.Torch.Tests;

public class ThreadGateTests
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(1);

    [Fact]
    public void GiveUp_AThreadThatIsAlone_LetsOthersIn_AndNeverItAgain()
    {
        var gate = new ThreadGate();
        using var isIn = new ManualResetEventSlim();
        using var isGivenUp = new ManualResetEventSlim();
        Exception? refused = null;
        var lost = new Thread(() =>
        {
            IDisposable alone = gate.Exclusive();
            isIn.Set();
            isGivenUp.Wait(Long);
            refused = Record.Exception(gate.Shared);
            alone.Dispose();
        })
        {
            IsBackground = true,
        };
        lost.Start();
        isIn.Wait(Long).Should().BeTrue();

        gate.GiveUp(lost);
        using (gate.Exclusive())
        {
            isGivenUp.Set();
            lost.Join(Long).Should().BeTrue();

            // What the lost one let go of was no longer its own.
            var other = new Thread(() => gate.Shared().Dispose()) { IsBackground = true };
            other.Start();
            SpinWait.SpinUntil(() => gate.IsWaiting(other), Long).Should().BeTrue();
        }

        refused.Should().BeOfType<InvalidOperationException>().Which.Message.Should().StartWith("The thread took too long");
    }

    [Fact]
    public void GiveUp_AThreadThatWaits_EndsItsWait()
    {
        var gate = new ThreadGate();
        Exception? refused = null;
        using (gate.Exclusive())
        {
            var waiting = new Thread(() => refused = Record.Exception(gate.Exclusive)) { IsBackground = true };
            waiting.Start();
            SpinWait.SpinUntil(() => gate.IsWaiting(waiting), Long).Should().BeTrue();
            gate.GiveUp(waiting);
            waiting.Join(Long).Should().BeTrue();
        }

        refused.Should().BeOfType<InvalidOperationException>();
    }

    [Fact]
    public void Shared_WhileAnotherWaitsToBeAlone_WaitsForIt_UnlessItIsIn()
    {
        var gate = new ThreadGate();
        using IDisposable shared = gate.Shared();
        var alone = new Thread(() => gate.Exclusive().Dispose()) { IsBackground = true };
        alone.Start();
        SpinWait.SpinUntil(() => gate.IsWaiting(alone), Long).Should().BeTrue();

        gate.Shared().Dispose();
        var late = new Thread(() => gate.Shared().Dispose()) { IsBackground = true };
        late.Start();
        SpinWait.SpinUntil(() => gate.IsWaiting(late), Long).Should().BeTrue();

        shared.Dispose();
        alone.Join(Long).Should().BeTrue();
        late.Join(Long).Should().BeTrue();
    }
}
