using System.Buffers.Binary;
using System.Text;

namespace RankNas.Tool.Tests;

/// <summary>Every option that takes a file: a path that does not serve ends with 2, a file that holds something else with 1.</summary>
public sealed class FileOptionsTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string, string> OptionsAndKinds => new(
        from option in (string[])["--benchmark", "--images", "--weights", "--store", "--onnx", "--output", "export --file", "import --file"]
        from kind in (string[])["pipe", "socket", "device", "link to a device"]
        select (option, kind));

    [Theory]
    [MemberData(nameof(OptionsAndKinds))]
    public async Task APathToWhatIsNoFile_EndsWithTwoBeforeAnyWork(string option, string kind)
    {
        string path = SpecialFiles.Create(_folder, kind, "special.csv");
        await CheckAsync(option, path, exitCode: 2, $"'{path}' is a {kind.Replace("link to a ", "", StringComparison.Ordinal)}, and no file: ");
    }

    [Theory]
    [InlineData("--benchmark")]
    [InlineData("--images")]
    [InlineData("--weights")]
    [InlineData("import --file")]
    public async Task ALinkThatLeadsNowhere_EndsWithTwo(string option)
    {
        string path = _folder.File("link.csv");
        File.CreateSymbolicLink(path, "none");
        await CheckAsync(option, path, exitCode: 2, $"'{path}' is a symbolic link that leads nowhere: ");
    }

    [Theory]
    [InlineData("--store")]
    [InlineData("--onnx")]
    [InlineData("--output")]
    [InlineData("export --file")]
    public async Task AnOutputWithTooLongAName_OrInACircleOfLinks_EndsWithTwoBeforeAnyWork(string option)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Names are limited in other ways.");
        await CheckAsync(option, _folder.File($"{new string('n', 252)}.csv"), exitCode: 2, "is too long a name: ");
        string circle = _folder.File("circle.csv");
        File.CreateSymbolicLink(circle, "circle.csv");
        await CheckAsync(option, circle, exitCode: 2, $"'{circle}' is a symbolic link that leads nowhere: ");
    }

    [Theory]
    [InlineData("--benchmark", "arch,c10_test\n8:8:8:8:8,\"9,8\"\n")]
    [InlineData("--benchmark", "")]
    [InlineData("--benchmark", "no,header\n")]
    [InlineData("--images", "")]
    [InlineData("--images", "cut off")]
    [InlineData("--weights", "")]
    [InlineData("--weights", "no safetensors file")]
    [InlineData("--store", "no store")]
    [InlineData("import --file", "no,header\n")]
    public async Task AFileThatIsSomethingElse_EndsWithOneAndNamesIt(string option, string content)
    {
        string path = _folder.File("wrong.csv");
        await File.WriteAllTextAsync(path, content, TestContext.Current.CancellationToken);
        await CheckAsync(option, path, exitCode: 1, "wrong.csv' ");
        (await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken)).Should().Be(content);
    }

    [Fact]
    public async Task WeightsWithAKeyTwice_EndWithOne()
    {
        byte[] header = Encoding.UTF8.GetBytes("""{"__metadata__":{"k":"1","k":"2"}}""");
        byte[] length = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, header.Length);
        string path = _folder.File("twice.safetensors");
        await File.WriteAllBytesAsync(path, [.. length, .. header], TestContext.Current.CancellationToken);
        await CheckAsync("--weights", path, exitCode: 1, "--weights: ");
    }

    [Fact]
    public async Task AFileOfScoresWithAnotherEnding_EndsWithTwoBeforeTheStoreIsMade()
    {
        string path = _folder.File("scores.xml");
        await File.WriteAllTextAsync(path, "", TestContext.Current.CancellationToken);
        await CheckAsync("import --file", path, exitCode: 2, "write a name that ends in .csv, .jsonl, .csv.gz or .jsonl.gz");
        File.Exists(_folder.File("scores.db")).Should().BeFalse();
    }

    private async Task CheckAsync(string option, string path, int exitCode, string message)
    {
        string[] search = ["--space", "nats-sss", "--strategy", "random", "--budget", "1", "--batch", "2", "--proxy", "params"];
        string[] export = ["export", "--space", "nats-sss", "--arch", "8:8:8:8:8"];
        ToolRun run = await ToolRun.Of(option switch
        {
            "--benchmark" => ["query", "--space", "nats-sss", "--arch", "8:8:8:8:8", option, path],
            "--weights" => [.. export, "--onnx", _folder.File("network.onnx"), option, path],
            "--onnx" => [.. export, option, path],
            "--output" => ["report", .. search, option, path],
            "export --file" => ["scores", "export", "--store", typeof(FileOptionsTests).Assembly.Location, "--file", path],
            "import --file" => ["scores", "import", "--store", _folder.File("scores.db"), "--file", path],
            _ => ["search", .. search, option, path],
        });
        run.ExitCode.Should().Be(exitCode, run.Errors);
        run.Output.Should().BeEmpty();
        run.Errors.TrimEnd().Should().StartWith("ranknas: ").And.Contain(message).And.NotContain("\n");
    }
}
