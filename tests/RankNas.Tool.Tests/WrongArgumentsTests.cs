namespace RankNas.Tests;

public class WrongArgumentsTests
{
    private const string Good = "|nor_conv_3x3~0|+|nor_conv_3x3~0|nor_conv_3x3~1|+|skip_connect~0|nor_conv_3x3~1|nor_conv_3x3~2|";

    [Theory]
    [InlineData("--space is 'nats-xss': write --space nats-tss or --space nats-sss.", "score", "--space", "nats-xss", "--arch", Good)]
    [InlineData("--space is missing: write --space nats-tss or --space nats-sss.", "score", "--arch", Good)]
    [InlineData("--arch is missing: write one or more architectures, such as --arch '64:64:64:64:64'.", "score", "--space", "nats-sss")]
    [InlineData("--batch is '0': write a whole number from 1, such as --batch 128.", "score", "--space", "nats-tss", "--arch", Good, "--batch", "0")]
    [InlineData("--batch is 'many': write a whole number from 1, such as --batch 128.", "score", "--space", "nats-tss", "--arch", Good, "--batch", "many")]
    [InlineData("--proxy is 'nas': write any of noise-immunity, noise-immunity-complexity, noise-immunity-log1p, naswot, logsynflow, synflow, skip-depth, expressivity, progressivity, trainability, snip, grasp, fisher, ntk, grad-norm, params, macs.", "score", "--space", "nats-tss", "--arch", Good, "--proxy", "nas")]
    [InlineData("--precision is 'float8': write --precision float32 or --precision float64 or --precision bfloat16.", "score", "--space", "nats-tss", "--arch", Good, "--precision", "float8")]
    [InlineData("--strategy is missing: write --strategy random, --strategy genetic, --strategy annealing, --strategy ageing or --strategy exhaustive.", "search", "--space", "nats-tss")]
    [InlineData("--strategy is 'luck': write --strategy random or --strategy genetic or --strategy annealing or --strategy ageing or --strategy exhaustive.", "search", "--space", "nats-tss", "--strategy", "luck")]
    [InlineData("--budget is '-5': write a whole number from 1, such as --budget 1000.", "search", "--space", "nats-tss", "--strategy", "random", "--budget", "-5")]
    [InlineData("--max-parameters is '0': write a whole number from 1, such as --max-parameters 1000000.", "search", "--space", "nats-tss", "--strategy", "random", "--max-parameters", "0")]
    [InlineData("--crossover-rate is '1.5': write a number from 0 to 1, such as --crossover-rate 0.7.", "search", "--space", "nats-tss", "--strategy", "genetic", "--crossover-rate", "1.5")]
    public async Task RunAsync_WrongArguments_EndWithTwoAndOneLineThatSaysWhatToWrite(string message, params string[] arguments)
    {
        ToolRun run = await ToolRun.Of(arguments);
        run.ExitCode.Should().Be(2);
        run.Errors.Should().Be($"ranknas: {message}{Environment.NewLine}");
        run.Output.Should().BeEmpty();
    }

    [Theory]
    [InlineData("nats-tss", "|nor_conv_3x3~0|+|nor_conv_9x9~0|nor_conv_3x3~1|+|skip_connect~0|nor_conv_3x3~1|nor_conv_3x3~2|", "nor_conv_9x9")]
    [InlineData("nats-tss", "nonsense", "nonsense")]
    [InlineData("nats-sss", "9:8:8:8:8", "9")]
    [InlineData("nats-sss", "8:8:8:8", "8:8:8:8")]
    public async Task RunAsync_MalformedArchitecture_EndsWithTwoAndOneLineThatNamesIt(string space, string architecture, string named)
    {
        ToolRun run = await ToolRun.Of("score", "--space", space, "--arch", architecture);
        run.ExitCode.Should().Be(2);
        run.Errors.TrimEnd().Should().StartWith("ranknas: --arch: ").And.Contain(named).And.NotContain("\n");
    }

    [Fact]
    public async Task RunAsync_MissingImages_EndsWithTwoAndOneLineThatNamesTheFile()
    {
        ToolRun run = await ToolRun.Of("score", "--space", "nats-tss", "--arch", Good, "--images", "no-such-file.bin");
        run.ExitCode.Should().Be(2);
        run.Errors.TrimEnd().Should().StartWith("ranknas: --images: ").And.Contain("no-such-file.bin").And.NotContain("\n");
    }

    [Theory]
    [InlineData("frobnicate")]
    [InlineData("score", "--no-such-option")]
    public async Task RunAsync_UnknownWords_EndWithTwoAndOneLineThatPointsToHelp(params string[] arguments)
    {
        ToolRun run = await ToolRun.Of(arguments);
        run.ExitCode.Should().Be(2);
        run.Errors.TrimEnd().Should().StartWith("ranknas: ").And.Contain("--help").And.NotContain("\n");
    }
}
