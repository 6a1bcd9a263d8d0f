using System.Text.Json;
using RankNas.Tool.Configuration;

namespace RankNas.Tool.Tests.Configuration;

/// <summary>Values for options of the environment and of ranknas.json.</summary>
public sealed class ConfigurationTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("default", 128, "{}", "", "search")]
    [InlineData("ranknas.json", 64, """{ "batch": 64 }""", "", "search")]
    [InlineData("ranknas.json", 32, """{ "batch": 64, "search": { "batch": 32 } }""", "", "search")]
    [InlineData("ranknas.json", 64, """{ "batch": 64, "search": { "batch": 32 } }""", "", "score")]
    [InlineData("RANKNAS_BATCH", 16, """{ "batch": 64, "search": { "batch": 32 } }""", "RANKNAS_BATCH=16", "search")]
    [InlineData("command line", 8, """{ "batch": 64, "search": { "batch": 32 } }""", "RANKNAS_BATCH=16", "search", "--batch", "8")]
    [InlineData("ranknas.json", 1000, """{ "batch": "1k" }""", "", "search")]
    public async Task AnOption_IsTypedElseOfTheEnvironmentElseOfTheFile(string from, int value, string json, string variable, params string[] words)
    {
        ToolRun run = await RunAsync(json, variable, ["config", "--json", "--", .. words]);

        JsonElement batch = SettingOf(run, "--batch");
        batch.GetProperty("from").GetString().Should().Be(from);
        batch.GetProperty("value").GetString().Should().Be(value == 1000 ? "1k" : $"{value}");
    }

    [Theory]
    [InlineData("""{ "batch": 64 }""", "--fast", "--batch")]
    [InlineData("""{ "fast": true }""", "--batch 8", "--fast")]
    [InlineData("""{ "strategy": "random", "proxy": "params" }""", "--preset paper", "--strategy")]
    [InlineData("""{ "strategy": "random", "proxy": "params" }""", "--preset paper", "--proxy")]
    [InlineData("""{ "batch": 64, "search": { "fast": true } }""", "--seed 1", "--batch")]
    public async Task AnOptionThatStandsInForAnother_LeavesOutWhatWeighsLess(string json, string typed, string option)
    {
        ToolRun run = await RunAsync(json, "", ["config", "--json", "--", "search", .. typed.Split(' ')]);
        SettingOf(run, option).GetProperty("from").GetString().Should().Be("default");
    }

    [Fact]
    public async Task ASearch_TakesWhatTheFileSays()
    {
        const string Json = """{ "$schema": "ranknas.schema.json", "batch": 2, "json": true, "search": { "space": "nats-sss", "strategy": "random", "budget": 3, "proxy": ["params", "macs"], "store": "scores.db" } }""";
        ToolRun run = await RunAsync(Json, "RANKNAS_TOP=2", "search", "--seed", "7");

        run.ExitCode.Should().Be(0, run.Errors);
        run.Json.GetProperty("evaluations").GetInt32().Should().Be(3);
        run.Json.GetProperty("seed").GetInt32().Should().Be(7);
        run.Json.GetProperty("ranked").GetArrayLength().Should().Be(2);
        run.Json.GetProperty("best").GetProperty("scores").EnumerateObject().Select(score => score.Name).Should().Equal("params", "macs");
        File.Exists(_folder.File("scores.db")).Should().BeTrue("paths are seen from the file");
    }

    [Fact]
    public async Task ASwitchThatIsOff_IsOff()
    {
        ToolRun run = await RunAsync("""{ "json": true, "spaces": { "json": false } }""", "", "spaces");
        run.ExitCode.Should().Be(0, run.Errors);
        run.Output.Should().StartWith("nats-tss: ");
    }

    [Theory]
    [InlineData("ranknas.json has 'bacth', which is no option of any command: did you mean batch? See 'ranknas config schema'.", """{ "bacth": 64 }""")]
    [InlineData("ranknas.json has 'bugdet', which is no option of ranknas search: did you mean budget? See 'ranknas config schema'.", """{ "search": { "bugdet": 64 } }""")]
    [InlineData("ranknas.json has 'serch', which is no command: did you mean search? See 'ranknas config schema'.", """{ "serch": { "budget": 64 } }""")]
    [InlineData("ranknas.json has 'search', which is a command: write its options in an object. See 'ranknas config schema'.", """{ "search": 64 }""")]
    [InlineData("ranknas.json has 'space-assembly', which loads code and so cannot be set by a file: write --space-assembly on the command line. See 'ranknas config schema'.", """{ "space-assembly": "a.dll" }""")]
    [InlineData("ranknas.json has for 'batch' what does not fit: write one text or number, or leave it out. See 'ranknas config schema'.", """{ "batch": null }""")]
    [InlineData("ranknas.json has for 'batch' what does not fit: write one text or number, or leave it out. See 'ranknas config schema'.", """{ "batch": [1, 2] }""")]
    [InlineData("ranknas.json has for 'proxy' what does not fit: write one text or a list of texts, or leave it out. See 'ranknas config schema'.", """{ "proxy": [] }""")]
    [InlineData("ranknas.json has for 'json' what does not fit: write true or false, or leave it out. See 'ranknas config schema'.", """{ "json": "yes" }""")]
    [InlineData("ranknas.json has to be an object, such as { \"batch\": 64 }. See 'ranknas config schema'.", "[]")]
    [InlineData("ranknas.json: --batch is 'many': write a whole number from 1 to 65536, such as --batch 128.", """{ "batch": "many" }""")]
    [InlineData("ranknas.json: --store: there is no folder '*missing': write another, such as --store scores.db.", """{ "store": "missing/scores.db" }""")]
    [InlineData("ranknas.json: --space: There is no space 'nats-ts': write one of *. Did you mean nats-tss?", """{ "space": "nats-ts" }""")]
    [InlineData("ranknas.json: --strategy is 'luck': write --strategy random *", """{ "space": "nats-tss", "strategy": "luck" }""")]
    [InlineData("ranknas.json is not JSON in line 2: *", "{\n\"batch\" 64 }")]
    [InlineData("ranknas.json is not JSON*", """{ "batch": 64, "batch": 32 }""")]
    public async Task AFileThatIsWrong_EndsWithTwoAndOneLine(string message, string json)
    {
        ToolRun run = await RunAsync(json, "", "search");
        run.ExitCode.Should().Be(2);
        run.Errors.TrimEnd().Should().Match($"ranknas: {message}").And.NotContain("\n");
        run.Output.Should().BeEmpty();
    }

    [Theory]
    [InlineData("RANKNAS_BATCH=many", "RANKNAS_BATCH: --batch is 'many': write a whole number from 1 to 65536, such as --batch 128.")]
    [InlineData("RANKNAS_JSON=perhaps", "RANKNAS_JSON is 'perhaps': write RANKNAS_JSON=1 or RANKNAS_JSON=0.")]
    [InlineData("RANKNAS_PROXY=naswot nas", "RANKNAS_PROXY: --proxy is 'nas' (did you mean naswot?): *")]
    [InlineData("RANKNAS_CONFIG=none.json", "RANKNAS_CONFIG: There is no file *none.json': name a JSON file of settings, such as ranknas.json.")]
    public async Task AVariableThatIsWrong_EndsWithTwoAndOneLine(string variable, string message)
    {
        ToolRun run = await RunAsync("{}", variable, "search", "--space", "nats-sss", "--strategy", "random");
        run.ExitCode.Should().Be(2);
        run.Errors.TrimEnd().Should().Match($"ranknas: {message}").And.NotContain("\n");
    }

    [Fact]
    public async Task AFileThatIsNamed_IsTakenAndItsPathsAreSeenFromIt()
    {
        Directory.CreateDirectory(_folder.File("sub"));
        await File.WriteAllTextAsync(_folder.File("sub/other.json"), """{ "store": "scores.db" }""", TestContext.Current.CancellationToken);
        string[] config = ["config", "--json", "search"];

        ToolRun typed = await RunAsync("""{ "store": "no.db" }""", "", [.. config, "--config", _folder.File("sub/other.json")]);
        ToolRun variable = await RunAsync("""{ "store": "no.db" }""", $"RANKNAS_CONFIG={_folder.File("sub/other.json")}", config);
        ToolRun none = await RunAsync("""{ "store": "no.db" }""", "RANKNAS_CONFIG=", config);

        SettingOf(typed, "--store").GetProperty("value").GetString().Should().Be(_folder.File("sub/scores.db"));
        variable.Output.Should().Be(typed.Output);
        SettingOf(none, "--store").GetProperty("from").GetString().Should().Be("default");
    }

    [Fact]
    public async Task AVariableThatIsNone_IsNotedWhereItWouldBeTaken()
    {
        ToolRun run = await RunAsync("{}", "RANKNAS_BUGDET=5", "spaces", "--json");
        run.ExitCode.Should().Be(0, run.Errors);
        run.Errors.Should().Contain("Note: RANKNAS_BUGDET is no option's variable, and has no effect: did you mean RANKNAS_BUDGET?");
        run.Json.GetArrayLength().Should().BePositive("standard output has the JSON alone");
    }

    [Fact]
    public async Task Config_ListsWhatIsSetAndVariablesThatAreNone()
    {
        ToolRun run = await RunAsync("""{ "batch": 64, "search": { "proxy": ["naswot", "params"] } }""", "RANKNAS_BUGDET=5", "config");
        run.ExitCode.Should().Be(0, run.Errors);
        run.Output.ReplaceLineEndings("\n").Should().Be("""
            File: ranknas.json

            option   value          from          for
            ───────  ─────────────  ────────────  ─────────────────────────
            --batch  64             ranknas.json  every command that has it
            --proxy  naswot params  ranknas.json  search
            ! RANKNAS_BUGDET is no option's variable.

            """.ReplaceLineEndings("\n"));
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("search --help")]
    [InlineData("--version")]
    [InlineData("complete -- search --strat")]
    [InlineData("config schema")]
    public async Task AFileThatIsWrong_DoesNotStandInTheWayOfHelp(string words)
    {
        ToolRun run = await RunAsync("""{ "bacth": 64 }""", "", words.Split(' '));
        run.ExitCode.Should().Be(0, run.Errors);
    }

    [Fact]
    public void KeysOfTheFile_AreOptionsOrCommandsWithOptionsAndNeverBoth()
    {
        (string Path, Arguments.ToolCommand Command)[] commands = [.. SettingNames.CommandsOf(CommandLine.CreateRoot(TextWriter.Null, TextWriter.Null))];
        commands.SelectMany(command => SettingNames.OptionsOf(command.Command)).Select(SettingNames.KeyOf).Should().NotContain(commands.Where(command => command.Command.Groups.Count > 0).Select(command => command.Path));
    }

    [Fact]
    public async Task TheSchema_IsTheShippedOne()
    {
        ToolRun run = await ToolRun.Of("config", "schema");
        string shipped = await File.ReadAllTextAsync(Repository.PathOf("src", "RankNas.Tool", "ranknas.schema.json"), TestContext.Current.CancellationToken);
        run.Output.ReplaceLineEndings("\n").Should().Be(shipped.ReplaceLineEndings("\n"), "after a change of options, run eng/refresh-tool-files.sh");
    }

    private static JsonElement SettingOf(ToolRun run, string option)
    {
        run.ExitCode.Should().Be(0, run.Errors);
        return run.Json.GetProperty("settings").EnumerateArray().Single(setting => setting.GetProperty("option").GetString() == option);
    }

    private async Task<ToolRun> RunAsync(string json, string variable, params string[] words)
    {
        await File.WriteAllTextAsync(_folder.File("ranknas.json"), json, TestContext.Current.CancellationToken);
        var variables = new Dictionary<string, string>();
        if (variable.Split('=', 2) is [var name, var value])
        {
            variables[name] = value;
        }

        return await ToolRun.Of(new ToolEnvironment(_folder.Path, variables), words);
    }
}
