using System.Diagnostics;

namespace RankNas.Tests;

/// <summary>Start-up in processes of their own, as programs see it.</summary>
public sealed class StartUpTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task TwoProcesses_StartingTogetherWithoutACache_BothSucceed()
    {
        (int ExitCode, string Output, string Errors)[] ended = await Task.WhenAll(RunAsync(AppContext.BaseDirectory), RunAsync(AppContext.BaseDirectory));

        ended.Should().AllSatisfy(run => run.Should().BeEquivalentTo((0, $"{OperatingSystem.IsLinux()} 6", "")));
    }

    [Fact]
    public async Task CacheThatCannotBeWritten_IsDoneWithout()
    {
        await File.WriteAllTextAsync(_folder.File("file"), "A file, where a folder should be.", Token);

        (int exitCode, string output, _) = await RunAsync(AppContext.BaseDirectory, ("XDG_CACHE_HOME", _folder.File("file")));
        output.Should().EndWith(" 6");
        exitCode.Should().Be(0);
    }

    [Fact]
    public async Task CorruptedCache_IsRebuilt()
    {
        await RunAsync(AppContext.BaseDirectory);
        foreach (string library in Directory.GetFiles(_folder.Path, "*.so", SearchOption.AllDirectories))
        {
            await File.WriteAllTextAsync(library, "no library", Token);
        }

        (await RunAsync(AppContext.BaseDirectory)).Output.Should().EndWith(" 6");
    }

    [Fact]
    public async Task NoBackendPackage_IsOneErrorThatNamesIt()
    {
        string bare = _folder.File("bare");
        Directory.CreateDirectory(bare);
        foreach (string file in Directory.GetFiles(AppContext.BaseDirectory).Where(file =>
            !Path.GetFileName(file).StartsWith("lib", StringComparison.Ordinal) && Path.GetExtension(file) is ".dll" or ".json"))
        {
            File.Copy(file, Path.Combine(bare, Path.GetFileName(file)));
        }

        // Without its list of dependencies the runtime does not look into the packages' own folders.
        File.Delete(Path.Combine(bare, "RankNas.Native.Probe.deps.json"));
        (int exitCode, string output, _) = await RunAsync(bare, ("NUGET_PACKAGES", _folder.File("no packages")));
        exitCode.Should().Be(1);

        // TorchSharp writes its own trace before.
        output.Split('\n')[^1].Should().StartWith("There is no libtorch:").And.Contain("dotnet add package TorchSharp-cpu");
    }

    [Fact]
    public async Task NoPatch_EitherLoadsOrSaysWhatIsMissing()
    {
        (int exitCode, string output, _) = await RunAsync(AppContext.BaseDirectory, (TorchRuntime.NoPatchVariable, "1"));
        if (exitCode == 0)
        {
            output.Should().EndWith(" 6");
        }
        else
        {
            output.Should().Contain("does not load").And.Contain("Install the library");
        }
    }

    [Fact]
    public async Task AllocatorSetByTheEnvironment_IsLeftAlone()
    {
        (_, string output, _) = await RunAsync(AppContext.BaseDirectory, ("MALLOC_ARENA_MAX", "2"));
        output.Should().Be("False 6");
    }

    private async Task<(int ExitCode, string Output, string Errors)> RunAsync(string folder, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(folder, "RankNas.Native.Probe.dll")])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["XDG_CACHE_HOME"] = _folder.Path;
        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync(Token);
        string output = await process.StandardOutput.ReadToEndAsync(Token);
        await process.WaitForExitAsync(Token);
        return (process.ExitCode, output.Trim(), (await errors).Trim());
    }
}
