namespace RankNas.Tool.Tests;

public class WrongArgumentsTests
{
    private const string Good = "|nor_conv_3x3~0|+|nor_conv_3x3~0|nor_conv_3x3~1|+|skip_connect~0|nor_conv_3x3~1|nor_conv_3x3~2|";

    [Theory]
    [InlineData("--space: There is no space 'nats-xss': write one of nats-tss, nats-sss, nb101, macro, darts, mobilenet, resnet, vit.", "score", "--space", "nats-xss", "--arch", Good)]
    [InlineData("--space is missing: write --space and one of nats-tss, nats-sss, nb101, macro, darts, mobilenet, resnet, vit.", "score", "--arch", Good)]
    [InlineData("--arch is missing: write one or more architectures, such as --arch '48:56:56:40:16'.", "score", "--space", "nats-sss")]
    [InlineData("--batch is '0': write a whole number from 1 to 65536, such as --batch 128.", "score", "--space", "nats-tss", "--arch", Good, "--batch", "0")]
    [InlineData("--batch is 'many': write a whole number from 1 to 65536, such as --batch 128.", "score", "--space", "nats-tss", "--arch", Good, "--batch", "many")]
    [InlineData("--proxy is 'nas' (did you mean naswot?): write any of noise-immunity, noise-immunity-complexity, noise-immunity-log1p, noise-immunity-live, naswot, swap, swap-reg, near, meco, meco-opt, logsynflow, synflow, skip-depth, expressivity, progressivity, trainability, snip, grasp, fisher, ntk, grad-norm, jacov, zico, vkdnw, vkdnw-entropy, params, macs.", "score", "--space", "nats-tss", "--arch", Good, "--proxy", "nas")]
    [InlineData("--precision is 'float8': write --precision float32 or --precision float64 or --precision bfloat16.", "score", "--space", "nats-tss", "--arch", Good, "--precision", "float8")]
    [InlineData("--strategy is missing: write --strategy random, --strategy genetic, --strategy annealing, --strategy ageing, --strategy economics, --strategy local, --strategy bayesian, --strategy pareto or --strategy exhaustive.", "search", "--space", "nats-tss")]
    [InlineData("--objective is 'parms' (did you mean params?): write any of params, macs, memory, latency.", "search", "--space", "nats-sss", "--strategy", "random", "--objective", "parms")]
    [InlineData("--latency-table, --latency-column and --latency-model are for --objective latency: write it too, or leave them out.", "search", "--space", "nats-sss", "--strategy", "random", "--latency-column", "pi")]
    [InlineData("--strategy is 'luck': write --strategy random or --strategy genetic or --strategy annealing or --strategy ageing or --strategy economics or --strategy local or --strategy bayesian or --strategy pareto or --strategy exhaustive.", "search", "--space", "nats-tss", "--strategy", "luck")]
    [InlineData("--budget is '-5': write a whole number from 1 to 1000000000, such as --budget 1000.", "search", "--space", "nats-tss", "--strategy", "random", "--budget", "-5")]
    [InlineData("--max-parameters is '0': write a whole number from 1 to 1000000000000000, such as --max-parameters 1000000.", "search", "--space", "nats-tss", "--strategy", "random", "--max-parameters", "0")]
    [InlineData("--crossover-rate is '1.5': write a number from 0 to 1, such as --crossover-rate 0.7.", "search", "--space", "nats-tss", "--strategy", "genetic", "--crossover-rate", "1.5")]
    [InlineData("--batch is '2147483647': write a whole number from 1 to 65536, such as --batch 128.", "score", "--batch", "2147483647")]
    [InlineData("--batch is '1e99': write a whole number from 2 to 65536, such as --batch 128.", "bench", "--batch", "1e99")]
    [InlineData("--workers is '2147483647': write a whole number from 0 to 1024, such as --workers 4.", "search", "--workers", "2147483647")]
    [InlineData("'[diagram]' is no command of ranknas. See 'ranknas --help'.", "[diagram]")]
    [InlineData("'[suggest:99999999999]' is no command of ranknas. See 'ranknas --help'.", "[suggest:99999999999]", "search")]
    [InlineData("--classes is '2147483647': write a whole number from 1 to 1000000, such as --classes 10.", "export", "--classes", "2147483647")]
    [InlineData("--image-size is '-1': write one number for squares or height x width, each from 1 to 4096, such as --image-size 32 or --image-size 48x64.", "export", "--image-size", "-1")]
    [InlineData("--top is '0': write a whole number from 1 to 1000000, such as --top 10.", "search", "--top", "0")]
    [InlineData("--runs is '99999999999': write a whole number from 1 to 10000, such as --runs 50.", "study", "--runs", "99999999999")]
    [InlineData("--seed is '1e99': write a whole number from -9223372036854775808 to 9223372036854775807, such as --seed 0.", "search", "--seed", "1e99")]
    [InlineData("--initial-temperature is 'NaN': write a number from 0 to 1000000000, such as --initial-temperature 1.", "search", "--initial-temperature", "NaN")]
    [InlineData("--alpha is 'Infinity': write a number from 0 to 1000000000, such as --alpha 0.25.", "search", "--alpha", "Infinity")]
    [InlineData("--space: There is no space 'nats-ts': write one of nats-tss, nats-sss, nb101, macro, darts, mobilenet, resnet, vit. Did you mean nats-tss?", "query", "--space", "nats-ts")]
    [InlineData("--strategy is 'anealing' (did you mean annealing?): write --strategy random or --strategy genetic or --strategy annealing or --strategy ageing or --strategy economics or --strategy local or --strategy bayesian or --strategy pareto or --strategy exhaustive.", "search", "--strategy", "anealing")]
    [InlineData("'serch' is no command of ranknas: did you mean search? See 'ranknas --help'.", "serch")]
    [InlineData("'--budgt' is no option of ranknas search: did you mean --budget? See 'ranknas search --help'.", "search", "--budgt", "10")]
    [InlineData("'--jsn' is no option of ranknas score: did you mean --json? See 'ranknas score --help'.", "score", "--arch", Good, "--jsn")]
    [InlineData("'exprt' is no command of ranknas scores: did you mean export? See 'ranknas scores --help'.", "scores", "exprt")]
    [InlineData("--final-temperature is 0: it must be a finite number greater than 0.", "search", "--space", "nats-sss", "--strategy", "annealing", "--final-temperature", "0")]
    [InlineData("--tournament is 9: it must be at most --population, 2.", "search", "--space", "nats-sss", "--strategy", "ageing", "--population", "2", "--tournament", "9")]
    [InlineData("--tournament is 3: it must be at most --regions, 2.", "search", "--space", "nats-sss", "--strategy", "economics", "--regions", "2")]
    [InlineData("--tournament is 1: it must be at least 2.", "search", "--space", "nats-sss", "--strategy", "ageing", "--tournament", "1")]
    [InlineData("scores does one of two things: write ranknas scores export or ranknas scores import.", "scores")]
    [InlineData("--budget has no value: write --budget 1000.", "search", "--budget")]
    [InlineData("--proxy has no value: write --proxy ID.", "search", "--proxy", "--json")]
    [InlineData("--images has no value: write --images data_batch_1.bin.", "search", "--images", "--json")]
    [InlineData("--space is written more than once: write it once.", "search", "--space", "nats-tss", "--space", "nats-sss")]
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

    [Theory]
    [InlineData("search", "--store", "scores.db")]
    [InlineData("search", "--images", "data_batch_1.bin")]
    [InlineData("search", "--benchmark", "CSV|DIR")]
    [InlineData("report", "--output", "report.html")]
    [InlineData("export", "--onnx", "network.onnx")]
    [InlineData("export", "--weights", "network.safetensors")]
    [InlineData("scores export", "--file", "scores.csv.gz")]
    [InlineData("scores import", "--store", "scores.db")]
    [InlineData("study", "--store", "scores.db")]
    [InlineData("reproduce", "--training-benchmark", "CSV|DIR")]
    public async Task RunAsync_APathThatIsNone_EndsWithTwoBeforeAnyWork(string command, string option, string instead)
    {
        foreach (string path in (string[])["", "  ", "a\0b", "a\nb"])
        {
            ToolRun run = await ToolRun.Of([.. command.Split(' '), option, path]);

            run.ExitCode.Should().Be(2);
            run.Output.Should().BeEmpty();
            string wrong = path.Trim().Length == 0 ? "which is empty" : "which has control characters";
            run.Errors.TrimEnd().Should().Match($"ranknas: {option} is '*', {wrong}: write {option} {instead}.").And.NotContain("\n").And.NotContain("\0");
        }
    }

    [Theory]
    [InlineData("export", "--onnx", ".", "is a folder, and no file")]
    [InlineData("export", "--onnx", "missing/network.onnx", "there is no folder")]
    [InlineData("export", "--weights", ".", "is a folder, and no file")]
    [InlineData("export", "--weights", "none", "there is no file")]
    [InlineData("report", "--output", "missing/report.html", "there is no folder")]
    [InlineData("search", "--store", ".", "is a folder, and no file")]
    [InlineData("search", "--store", "missing/scores.db", "there is no folder")]
    [InlineData("search", "--images", "none", "there is no file or folder")]
    [InlineData("scores export", "--store", "none", "there is no file")]
    [InlineData("scores export", "--file", "missing/scores.csv", "there is no folder")]
    [InlineData("scores import", "--file", ".", "is a folder, and no file")]
    public async Task RunAsync_APathThatDoesNotServe_EndsWithTwoBeforeAnyWork(string command, string option, string path, string problem)
    {
        using var folder = new TempFolder();
        ToolRun run = await ToolRun.Of([.. command.Split(' '), option, Path.Combine(folder.Path, path)]);

        run.ExitCode.Should().Be(2);
        run.Errors.TrimEnd().Should().StartWith($"ranknas: {option}: ").And.Contain(problem).And.Contain($"such as {option} ").And.NotContain("\n");
        Directory.GetFileSystemEntries(folder.Path).Should().BeEmpty();
    }

    [Fact]
    public async Task RunAsync_AnOutputThatIsADeviceOrInAFolderThatTakesNoFiles_EndsWithTwo()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The paths are those of Linux.");
        foreach (string path in (string[])["/dev/full", "/proc/report.html"])
        {
            ToolRun run = await ToolRun.Of("report", "--output", path);
            run.ExitCode.Should().Be(2);
            run.Errors.Should().StartWith("ranknas: --output: ");
        }
    }

    [Fact]
    public async Task RunAsync_ABatchBeyondTheMachinesMemory_EndsWithTwo()
    {
        Assert.SkipWhen(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes > 30_000_000_000, "The largest batch fits this machine.");
        ToolRun run = await ToolRun.Of("score", "--space", "nats-sss", "--arch", "8:8:8:8:8", "--batch", "65536");
        run.ExitCode.Should().Be(2);
        run.Errors.Should().StartWith("ranknas: --batch is 65536, which takes ").And.EndWith($": write --batch 128.{Environment.NewLine}");
    }

    [Fact]
    public async Task RunAsync_CudaWithoutAGpu_SaysWhatToWriteAndWhatToRun()
    {
        Assert.SkipWhen(TorchSharp.torch.cuda.is_available(), "There is a GPU here.");
        ToolRun run = await ToolRun.Of("score", "--space", "nats-sss", "--arch", "8:8:8:8:8", "--device", "cuda");
        run.ExitCode.Should().Be(2);
        run.Errors.TrimEnd().Should().Contain("write --device cpu").And.Contain("TorchBackend=cuda-linux").And.NotContain("\n");
    }

    [Theory]
    [InlineData("gpu")]
    [InlineData("cuda:")]
    [InlineData("cuda:0,cuda:0")]
    [InlineData("cpu,cuda:0")]
    public async Task RunAsync_NoDevice_SaysWhatToWrite(string text)
    {
        ToolRun run = await ToolRun.Of("score", "--space", "nats-sss", "--arch", "8:8:8:8:8", "--device", text);
        run.ExitCode.Should().Be(2);
        run.Errors.Should().Contain($"--device is '{text}': write --device cpu, --device cuda for the first GPU, or GPUs by their indices, such as --device cuda:0,cuda:1.");
    }

    [Fact]
    public async Task RunAsync_FastBesideABatch_IsRefused()
    {
        ToolRun run = await ToolRun.Of("score", "--space", "nats-sss", "--arch", "8:8:8:8:8", "--fast", "--batch", "64");
        run.ExitCode.Should().Be(2);
        run.Errors.TrimEnd().Should().Be("ranknas: --fast is --batch 16: leave out one of them.");
    }

    [Fact]
    public async Task RunAsync_Fast_IsABatchOfSixteen()
    {
        ToolRun fast = await ToolRun.Of("score", "--space", "nats-sss", "--arch", "8:8:8:8:8", "--proxy", "naswot", "--fast", "--json");
        ToolRun batch = await ToolRun.Of("score", "--space", "nats-sss", "--arch", "8:8:8:8:8", "--proxy", "naswot", "--batch", "16", "--json");
        fast.Json[0].GetProperty("scores").GetProperty("naswot").GetDouble().Should().Be(batch.Json[0].GetProperty("scores").GetProperty("naswot").GetDouble());
    }

    [Fact]
    public async Task RunAsync_AWordThatBeginsWithAt_IsNoFileOfMoreWords()
    {
        ToolRun run = await ToolRun.Of("score", "--space", "nats-sss", "--arch", "@missing");
        run.ExitCode.Should().Be(2);
        run.Errors.Should().StartWith("ranknas: --arch: ").And.Contain("@missing");
    }
}
