using System.Text.Json;
using RankNas.SearchSpaces;

namespace RankNas.Tool.Tests;

public sealed class SpaceOptionsTests : IDisposable
{
    private static readonly string Own = typeof(OwnSpace).Assembly.Location;

    private readonly TempFolder _folder = new();

    [Fact]
    public async Task Spaces_PrintsEachWithSizeExampleAndSettings()
    {
        ToolRun run = await ToolRun.Of("spaces");

        run.ExitCode.Should().Be(0, run.Errors);
        run.Errors.Should().BeEmpty();
        run.Output.ReplaceLineEndings("\n").Should().Contain(
            """

            nb101: NAS-Bench-101: cells of up to seven vertices and nine edges, with one of three operations on each vertex.
              423,624 architectures; written as the matrix above its diagonal and the operations; a module hash or an index:
              101000100001110001101:13311
              channels=  4 to 4096; 128 if left out
              cells=  1 to 1000; 3 if left out
              sampling=  uniform over the graphs, or matrices as the benchmark's programs draw them; uniform if left out

            macro: NAS-Bench-Macro: eight layers, each an identity or a block of MobileNetV2.
              6,561 architectures; written as eight digits, each 0, 1 or 2:
              22210121


            """.ReplaceLineEndings("\n")).And.Contain("  4.2e+21 architectures; written as the width")
            .And.EndWith("--space 'mobilenet(width=0.5,resolution=96)'. A space of your own: --space-assembly MySpace.dll.\n");
    }

    [Fact]
    public async Task Spaces_AsJson_HasTheSameSpacesWithExamplesOfThem()
    {
        ToolRun run = await ToolRun.Of("spaces", "--json");

        run.ExitCode.Should().Be(0, run.Errors);
        JsonElement[] spaces = [.. run.Json.EnumerateArray()];
        spaces.Select(space => space.GetProperty("name").GetString()).Should().Equal("nats-tss", "nats-sss", "nb101", "macro", "darts", "mobilenet", "resnet", "vit");
        foreach (JsonElement space in spaces)
        {
            space.EnumerateObject().Select(property => property.Name).Should().Equal("name", "summary", "architectures", "settings", "notation", "example");
            ISearchSpace created = SpaceCatalog.Create(space.GetProperty("name").GetString()!);
            created.Count.ToString(System.Globalization.CultureInfo.InvariantCulture).Should().Be(space.GetProperty("architectures").GetString());
            string example = space.GetProperty("example").GetString()!;
            created.Parse(example).Text.Should().Be(example);
        }

        spaces[3].GetProperty("settings").GetArrayLength().Should().Be(0);
        spaces[6].GetProperty("settings").GetRawText().ReplaceLineEndings("").Replace(" ", "", StringComparison.Ordinal).Should().Be(
            """[{"name":"resolution","values":"8to4096pixels,towhichimagesareresized","default":"thatoftheimages"}]""");
    }

    [Fact]
    public async Task Search_ASpaceWithSettings_ResizesTheImages()
    {
        ToolRun run = await ToolRun.Of(
            "search", "--space", "mobilenet(width=0.15,resolution=40)", "--strategy", "random", "--proxy", "params", "--budget", "2", "--batch", "2", "--json");

        run.ExitCode.Should().Be(0, run.Errors);
        run.Json.GetProperty("space").GetString().Should().Be("mobilenet(width=0.15,resolution=40)");
        run.Json.GetProperty("best").GetProperty("arch").GetString().Should().StartWith("w0.15/");
        run.Output.Should().Contain("40x40");
    }

    [Theory]
    [InlineData("mobilnet", "*There is no space 'mobilnet': write one of *. Did you mean mobilenet?")]
    [InlineData("mobilnet(width=0.5,resolution=96)", "*There is no space 'mobilnet': write one of *. Did you mean mobilenet?")]
    [InlineData("nats-ts (cells=1)", "*Did you mean nats-tss?")]
    [InlineData("darts(cels=3)", "*darts has no setting 'cels': it has cells, channels, all.")]
    [InlineData("DARTS(cells=2)", "*Cells is 2: it must be from 3 to 1,000.")]
    [InlineData("mobilenet(width=0.5", "*has no closing bracket: write mobilenet(width=…).")]
    [InlineData("entirely-different", "*There is no space 'entirely-different': write one of * resnet, vit.")]
    public async Task Score_AWrongSpace_EndsWithTwoAndOneLine(string space, string message)
    {
        ToolRun run = await ToolRun.Of("score", "--space", space, "--arch", "x");

        run.ExitCode.Should().Be(2);
        run.Errors.Should().Match($"ranknas: --space: {message}{Environment.NewLine}");
        run.Errors.Trim().Should().NotContain("\n");
    }

    [Fact]
    public async Task Score_ASpaceOfAnAssembly_IsScored()
    {
        ToolRun only = await ToolRun.Of("score", "--space-assembly", Own, "--arch", "depth=2,width=4", "--proxy", "params", "--batch", "2", "--json");
        ToolRun named = await ToolRun.Of("score", "--space", "OWN", "--space-assembly", Own, "--arch", "depth=2,width=4", "--proxy", "params", "--batch", "2", "--json");

        only.ExitCode.Should().Be(0, only.Errors);
        JsonElement[] scored = [.. ((ToolRun[])[only, named]).Select(run => run.Json[0])];
        scored[0].GetProperty("scores").GetProperty("params").GetDouble().Should().Be((3 * 4 * 9) + (4 * 4 * 9) + (4 * 10) + 10, "of two convolutions and the linear layer");
        scored[0].GetProperty("macs").GetInt64().Should().Be((8 * 12 * ((3 * 4 * 9) + (4 * 4 * 9))) + (4 * 10), "of images of 8x12");
        scored[1].GetProperty("scores").GetRawText().Should().Be(scored[0].GetProperty("scores").GetRawText());
    }

    [Fact]
    public async Task Search_ASpaceOfAnAssembly_FindsTheLargest()
    {
        ToolRun run = await ToolRun.Of("search", "--space-assembly", Own, "--strategy", "exhaustive", "--proxy", "params", "--budget", "4", "--batch", "2", "--json");

        run.ExitCode.Should().Be(0, run.Errors);
        run.Json.GetProperty("best").GetProperty("arch").GetString().Should().Be("depth=2,width=8");
    }

    [Fact]
    public async Task Score_AnAssemblyOfSeveralSpaces_AsksForOne()
    {
        string several = typeof(NatsSizeSpace).Assembly.Location;
        ToolRun none = await ToolRun.Of("score", "--space-assembly", several, "--arch", "22210121");
        ToolRun other = await ToolRun.Of("score", "--space-assembly", several, "--space", "own", "--arch", "22210121");
        ToolRun one = await ToolRun.Of("score", "--space-assembly", several, "--space", "macro", "--arch", "22210121", "--proxy", "params", "--batch", "2", "--json");

        none.ExitCode.Should().Be(2);
        none.Errors.Should().Match($"ranknas: --space is missing: '{several}' has *macro*.{Environment.NewLine}");
        other.ExitCode.Should().Be(2);
        other.Errors.Should().Match($"ranknas: --space is 'own', and '{several}' has *macro*: write one of these.{Environment.NewLine}");
        one.ExitCode.Should().Be(0, one.Errors);
    }

    [Fact]
    public async Task Score_WhatIsNoAssemblyOfSpaces_SaysSo()
    {
        string text = _folder.File("text.dll");
        await File.WriteAllTextAsync(text, "no assembly", TestContext.Current.CancellationToken);
        foreach ((string path, string message) in ((string, string)[])
            [(text, "*'*text.dll' cannot be loaded: *"), (_folder.File("none.dll"), "*none.dll*"), (typeof(CommandLine).Assembly.Location, "*has no public*")])
        {
            ToolRun run = await ToolRun.Of("score", "--space-assembly", path, "--arch", "x");

            run.ExitCode.Should().Be(2, path);
            run.Errors.Should().Match($"ranknas: --space-assembly{message}{Environment.NewLine}").And.NotMatch("*\n*\n");
        }
    }

    [Theory]
    [InlineData("score", "--arch", "x")]
    [InlineData("export", "--arch", "x", "--onnx", "x.onnx")]
    [InlineData("search", "--strategy", "random")]
    public async Task ACommand_WithoutASpace_AsksForOne(params string[] arguments)
    {
        ToolRun run = await ToolRun.Of(arguments);

        run.ExitCode.Should().Be(2);
        run.Errors.Should().Contain("--space is missing: write --space and one of nats-tss,").And.Contain("vit");
    }

    [Fact]
    public async Task Export_ASpaceForImagesOfASize_ExportsThatSize()
    {
        string path = _folder.File("mobile.onnx");
        ToolRun run = await ToolRun.Of(
            "export", "--space", "mobilenet(width=0.15,resolution=40)", "--arch", "w0.15/k3e3-k3e3/k3e3-k3e3/k3e3-k3e3/k3e3-k3e3/k3e3-k3e3", "--channels", "1", "--classes", "5", "--onnx", path);

        run.ExitCode.Should().Be(0, run.Errors);
        using var session = new Microsoft.ML.OnnxRuntime.InferenceSession(path);
        session.InputMetadata.Values.Single().Dimensions.Should().Equal(-1, 1, 40, 40);
        session.OutputMetadata.Values.Single().Dimensions.Should().Equal(-1, 5);
    }

    [Theory]
    [InlineData("all", 6)]
    [InlineData("3", 3)]
    public async Task Correlate_ATableOfPartOfASpace_CorrelatesTheseAlone(string sample, int architectures)
    {
        string table = _folder.File("part.csv");
        string[] rows = [.. File.ReadLines(TestData.Path("nb101-accuracy-5000.csv")).Skip(1).Take(6).Select(row => row.Split(',')).Select(row => $"{row[3]}:{row[4]},{row[6]}")];
        await File.WriteAllLinesAsync(table, ["arch,c10_test", .. rows], TestContext.Current.CancellationToken);
        string[] arguments =
        [
            "correlate", "--space", "nb101(channels=8,cells=1)", "--benchmark", table, "--columns", "cifar10=/c10_test", "--sample", sample, "--proxy", "params", "--batch", "2", "--draws", "5",
            "--store", _folder.File("scores.db"), "--json",
        ];

        ToolRun run = await ToolRun.Of(arguments);

        run.ExitCode.Should().Be(0, run.Errors);
        run.Json.GetProperty("architectures").GetInt32().Should().Be(architectures);
        run.Json.GetProperty("datasets").GetProperty("cifar10").GetProperty("params").GetProperty("kendall").GetDouble().Should().BeInRange(-1, 1);
        (await ToolRun.Of(arguments)).Output.Should().Be(run.Output, "the sample rests on the seed, and the scores are in the store");
    }

    [Fact]
    public async Task Correlate_PartOfASpace_IsTauOfTheTable()
    {
        string table = _folder.File("macro.csv");
        await File.WriteAllLinesAsync(
            table, ["arch,c10_test", "00000000,10", "11111111,30", "22222222,40", "10000000,20"], TestContext.Current.CancellationToken);

        ToolRun run = await ToolRun.Of(
            "correlate", "--space", "macro", "--benchmark", table, "--columns", "cifar10=/c10_test", "--proxy", "params", "--batch", "2", "--draws", "5", "--json");

        run.ExitCode.Should().Be(0, run.Errors);
        run.Json.GetProperty("architectures").GetInt32().Should().Be(4);
        run.Json.GetProperty("datasets").GetProperty("cifar10").GetProperty("params").GetProperty("kendall").GetDouble().Should().Be(1);
    }

    [Fact]
    public async Task Correlate_PartOfASpace_SaysHowManyThereAreToSample()
    {
        string table = _folder.File("few.csv");
        await File.WriteAllLinesAsync(table, ["arch,c10_test", "00000000,1", "11111111,2", "22222222,3"], TestContext.Current.CancellationToken);

        ToolRun run = await ToolRun.Of("correlate", "--space", "macro", "--benchmark", table, "--columns", "cifar10=/c10_test", "--sample", "4");

        run.ExitCode.Should().Be(2);
        run.Errors.Should().Be($"ranknas: --sample is '4': write --sample all, or a whole number from 2 to 3, such as --sample 3.{Environment.NewLine}");
    }

    [Fact]
    public async Task Correlate_DartsCellsThatDartsCannotChoose_AreLeftOutUnlessAsked()
    {
        string table = _folder.File("darts.csv");
        string[] rows = [.. File.ReadLines(TestData.Path("darts-cifar10-500.csv")).Skip(1).Take(3).Select(row => row.Split(',')).Select(
            row => $"\"Genotype(normal=[{EdgesOf(row[0])}], normal_concat=range(2, 6), reduce=[{EdgesOf(row[1])}], reduce_concat=range(2, 6))\",{row[2]}")];
        await File.WriteAllLinesAsync(table, ["arch,c10_valid", .. rows], TestContext.Current.CancellationToken);
        string[] rest = ["--benchmark", table, "--columns", "cifar10=c10_valid/", "--proxy", "params", "--batch", "2", "--draws", "5", "--json"];

        ToolRun viable = await ToolRun.Of(["correlate", "--space", "darts(cells=3,channels=4)", .. rest]);
        ToolRun all = await ToolRun.Of(["correlate", "--space", "darts(cells=3,channels=4,all=true)", .. rest]);

        viable.ExitCode.Should().Be(2);
        viable.Errors.Should().Match("ranknas: --benchmark has 3 architectures, and * of them are viable in darts(cells=3,channels=4): correlation needs two or more.*");
        all.ExitCode.Should().Be(0, all.Errors);
        all.Json.GetProperty("architectures").GetInt32().Should().Be(3);
    }

    public void Dispose() => _folder.Dispose();

    private static string EdgesOf(string cell) => string.Join(", ", cell.Split(' ').Select(edge => edge.Split('~')).Select(parts => $"('{parts[0]}', {parts[1]})"));
}
