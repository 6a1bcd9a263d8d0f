using System.Text.Json;
using RankNas.Kernels;

namespace RankNas.Tool.Tests;

public class DoctorCommandTests
{
    [Fact]
    public async Task Doctor_TellsWhatTheMachineHas()
    {
        ToolRun run = await ToolRun.Of("doctor", "--json");

        run.ExitCode.Should().Be(0, run.Errors);
        run.Json.GetProperty("instructionSet").GetString().Should().Be(InstructionSet.Current);
        run.Json.GetProperty("coresGranted").GetInt32().Should().Be(Environment.ProcessorCount);
        run.Json.GetProperty("libtorch").GetString().Should().NotBeNullOrEmpty();
        run.Json.GetProperty("devices").EnumerateArray().Select(device => device.GetString()).Should().StartWith("cpu");
        run.Json.GetProperty("availableGigabytes").GetDouble().Should().BePositive();
        run.Json.TryGetProperty("check", out _).Should().BeFalse();
    }

    [Fact]
    public async Task Doctor_ForPeople_HasALineForEachThing()
    {
        ToolRun run = await ToolRun.Of("doctor");

        run.ExitCode.Should().Be(0, run.Errors);
        run.Output.Should().Contain("instruction set").And.Contain("libtorch").And.Contain("memory");
        run.Output.Split('\n').Should().OnlyContain(line => !line.Contains("  -1", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Doctor_Device_ComparesWithFloat64()
    {
        ToolRun run = await ToolRun.Of("doctor", "--device", "cpu", "--sample", "1", "--batch", "2", "--json");

        run.ExitCode.Should().Be(0, run.Errors);
        JsonElement check = run.Json.GetProperty("check");
        check.GetProperty("device").GetString().Should().Be("cpu");
        check.GetProperty("greatestDifference").EnumerateObject().Should().HaveCount(3)
            .And.OnlyContain(proxy => proxy.Value.GetDouble() > 0 && proxy.Value.GetDouble() < 1e-2);
        check.GetProperty("secondsAnArchitecture").EnumerateObject().Should().HaveCount(2).And.OnlyContain(space => space.Value.GetDouble() > 0);
    }

    [Fact]
    public async Task Doctor_ImagesWithoutADevice_AreRefused()
    {
        ToolRun run = await ToolRun.Of("doctor", "--images", AppContext.BaseDirectory);

        run.ExitCode.Should().Be(2);
        run.Errors.Should().Contain("write --device cpu or --device cuda too");
    }

    [Theory]
    [InlineData("ATEN_CPU_CAPABILITY", "default", "libtorch uses that instruction set")]
    [InlineData("RANKNAS_NO_NATIVE_PATCH", "1", "libtorch is loaded as it is")]
    [InlineData("DOTNET_TieredPGO", "0", "Tiered compilation is off")]
    public async Task Doctor_ASettingThatSlowsDown_IsNamedWithItsFix(string variable, string value, string problem)
    {
        string program = Path.Combine(AppContext.BaseDirectory, "RankNas.Tool.dll");

        RankNas.Tests.DotnetRun run = await RankNas.Tests.DotnetRun.Of(
            AppContext.BaseDirectory, new Dictionary<string, string> { [variable] = value }, program, "doctor");

        run.Output.Should().Contain(problem).And.Contain("Remove");
    }
}
