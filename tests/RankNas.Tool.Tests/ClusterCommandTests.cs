namespace RankNas.Tool.Tests;

public class ClusterCommandTests
{
    [Theory]
    [InlineData("The cluster has no address: write --cluster amqp://HOST, or set RANKNAS_CLUSTER")]
    [InlineData("--cluster: The broker's address is written amqp://host", "--cluster", "broker")]
    [InlineData("--cluster: The broker's address is written amqp://host", "--cluster", "http://user:secret@broker")]
    [InlineData("--cluster-prefix is 'a b'", "--cluster", "amqp://broker", "--cluster-prefix", "a b")]
    [InlineData("--cluster-ca", "--cluster", "amqps://broker", "--cluster-ca", "none.pem")]
    public async Task Worker_WrongArguments_IsOneLineWithoutThePassword(string expected, params string[] arguments)
    {
        ToolRun run = await ToolRun.Of(["worker", .. arguments]);

        run.ExitCode.Should().Be(2);
        run.Errors.Should().Contain(expected).And.NotContain("secret");
    }

    [Theory]
    [InlineData("worker", "--cluster")]
    [InlineData("cluster", "status", "--cluster")]
    [InlineData("search", "--space", "nats-tss", "--strategy", "random", "--batch", "4", "--cluster")]
    public async Task AnyCommand_NoBroker_FailsInOneLineWithoutThePassword(params string[] arguments)
    {
        ToolRun run = await ToolRun.Of([.. arguments, "amqp://me:secret@127.0.0.1:1"]);

        run.ExitCode.Should().Be(1);
        run.Output.Should().BeEmpty();
        run.Errors.Trim().Should().StartWith("ranknas: No broker answers at 127.0.0.1:1").And.NotContain("secret").And.NotContain("\n");
    }

    [Fact]
    public async Task Search_NumericsWithoutACluster_SaysThatTheyGoTogether()
    {
        ToolRun run = await ToolRun.Of(["search", "--space", "nats-tss", "--strategy", "random", "--cluster-numerics", "any"]);

        run.ExitCode.Should().Be(2);
        run.Errors.Should().Contain("--cluster-numerics goes with --cluster");
    }

    [Fact]
    public async Task Cluster_Alone_SaysWhatItDoes()
    {
        ToolRun run = await ToolRun.Of(["cluster"]);

        run.ExitCode.Should().Be(2);
        run.Errors.Should().Contain("ranknas cluster status");
    }
}
