namespace RankNas.Tests;

public sealed class HostProcessTests
{
    /// <summary>A program of its own: what is looked at belongs to the whole process.</summary>
    [Fact]
    public async Task A_host_finds_its_process_after_a_search_as_it_was_before()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "It looks into /proc and at glibc's heap.");
        string program = Path.Combine(AppContext.BaseDirectory, "RankNas.Host.Probe.dll");

        DotnetRun run = (await DotnetRun.Of(AppContext.BaseDirectory, new Dictionary<string, string>(), program)).ShouldSucceed();

        string[] states = run.Output.Trim().Split("\n\n");
        states.Should().HaveCount(2);
        states[1].Split('\n').Should().Equal(states[0].Split('\n'));
        states[0].Should().Contain("a large block is on the heap: False").And.Contain("what is freed stays: False");
    }
}
