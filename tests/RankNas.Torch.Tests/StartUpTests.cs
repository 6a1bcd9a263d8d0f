using System.Diagnostics;
using System.Security.Cryptography;

namespace RankNas.Torch.Tests;

/// <summary>Start-up in processes of their own, as programs see it.</summary>
public sealed class StartUpTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task TwoProcesses_StartingTogether_BothSucceed()
    {
        (int ExitCode, string Output, string Errors)[] ended = await Task.WhenAll(RunAsync(AppContext.BaseDirectory), RunAsync(AppContext.BaseDirectory));

        ended.Should().AllSatisfy(run => run.Should().BeEquivalentTo((0, "6", "")));
    }

    [Fact]
    public async Task PluginsInContextsOfTheirOwn_Load()
    {
        (int exitCode, string output, string errors) = await RunAsync(AppContext.BaseDirectory, ["plugins", AppContext.BaseDirectory, AppContext.BaseDirectory]);

        exitCode.Should().Be(0, output + errors);
        output.Split('\n').Should().Equal("6", "6");
    }

    [Fact]
    public async Task APluginWithALibtorchOfItsOwn_BesideAnother_IsOneError()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Elsewhere it has not been tried.");
        string other = Directory.CreateDirectory(_folder.File("other")).FullName;
        foreach (string file in Directory.GetFiles(AppContext.BaseDirectory).Where(file => Path.GetExtension(file) is ".dll" or ".json"))
        {
            File.Copy(file, Path.Combine(other, Path.GetFileName(file)));
        }

        // A file of that name is enough: it is not loaded.
        await File.WriteAllTextAsync(Path.Combine(other, "libtorch_cpu.so"), "another libtorch", Token);

        (int exitCode, string output, _) = await RunAsync(AppContext.BaseDirectory, ["plugins", AppContext.BaseDirectory, other]);

        exitCode.Should().Be(1);
        output.Split('\n')[^1].Should().StartWith("There is another libtorch in this process already").And.Contain(other);
    }

    [Fact]
    public async Task PatchedLibrary_ComesFromMemory_AndNoFolderIsReadOrWritten()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The library is Linux's.");

        // What an earlier version kept its copy under, with what somebody else has put there.
        string library = NativeFolders.Find(NativeFolders.LibTorchSharp)!;
        string planted = Path.Combine(_folder.Path, "ranknas", Convert.ToHexStringLower(SHA256.HashData(await File.ReadAllBytesAsync(library, Token))), NativeFolders.LibTorchSharp);
        Directory.CreateDirectory(Path.GetDirectoryName(planted)!);
        await File.WriteAllTextAsync(planted, "no library", Token);

        (_, string output, _) = await RunAsync(AppContext.BaseDirectory, ["origin"], ("HOME", _folder.Path), ("TMPDIR", _folder.Path), ("DOTNET_EnableDiagnostics", "0"));

        output.Should().StartWith("6");
        bool needsPatch = (await RunAsync(AppContext.BaseDirectory, (TorchRuntime.NoPatchVariable, "1"))).ExitCode != 0;
        output.Should().Contain(needsPatch ? "/memfd:libLibTorchSharp.so" : "/runtimes/linux-x64/native/libLibTorchSharp.so");
        Directory.GetFiles(_folder.Path, "*", SearchOption.AllDirectories).Should().Equal(planted);
        (await File.ReadAllTextAsync(planted, Token)).Should().Be("no library");
    }

    [Fact]
    public async Task AnotherUserWithoutAHome_StartsToo()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.UserName == "root" && File.Exists("/usr/bin/setpriv"), "Only root may become somebody else.");
        Assert.SkipUnless(CanBeReadByAll(AppContext.BaseDirectory), "The tests lie where nobody else may read.");

        (int exitCode, string output, string errors) = await RunAsync(
            "/usr/bin/setpriv", ["--reuid=65534", "--regid=65534", "--clear-groups", "dotnet", ProgramIn(AppContext.BaseDirectory)],
            ("HOME", "/nonexistent"), ("XDG_CACHE_HOME", "relative"), ("TMPDIR", "/nonexistent"), ("DOTNET_EnableDiagnostics", "0"));

        (exitCode, output).Should().Be((0, "6"), errors);
    }

    [Fact]
    public async Task TorchSharpUsedBeforeRankNas_Works()
    {
        string program = Repository.PathOf("artifacts", "bin", "RankNas.Torch.TorchFirstProbe", new DirectoryInfo(AppContext.BaseDirectory).Name, "RankNas.Torch.TorchFirstProbe.dll");

        (await RunAsync("dotnet", [program])).Should().Be((0, "6", ""));
    }

    [Fact]
    public async Task TooFewAddresses_IsOneErrorThatSaysWhatToDo()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The limit is Linux's.");

        (int exitCode, string output, _) = await RunAsync("/bin/bash", ["-c", $"ulimit -v 3000000; exec dotnet '{ProgramIn(AppContext.BaseDirectory)}'"], ("DOTNET_GCRegionRange", "50000000"));

        exitCode.Should().Be(1);
        output.Should().MatchRegex("^libtorch needs 600 MB of addresses, and the limit set for the process leaves [0-9]+ MB").And.Contain("DOTNET_GCRegionRange");
    }

    [Fact]
    public async Task FewAddresses_AreEnough()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The limit is Linux's.");

        (await RunAsync("/bin/bash", ["-c", $"ulimit -v 4000000; exec dotnet '{ProgramIn(AppContext.BaseDirectory)}'"], ("DOTNET_GCRegionRange", "20000000")))
            .Should().Be((0, "6", ""));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)] // The package TorchSharp itself has this library, and nothing that it needs.
    public async Task NoBackendPackage_IsOneErrorThatNamesIt(bool hasLibTorchSharp)
    {
        (int exitCode, string output, _) = await RunAsync(WithoutLibtorch(hasLibTorchSharp), ("NUGET_PACKAGES", _folder.File("no packages")));
        exitCode.Should().Be(1);
        output.Should().StartWith("There is no libtorch:").And.Contain("dotnet add package TorchSharp-cpu");
    }

    [Fact]
    public async Task NoPatch_EitherLoadsOrSaysWhatIsMissing()
    {
        (int exitCode, string output, _) = await RunAsync(AppContext.BaseDirectory, (TorchRuntime.NoPatchVariable, "1"));
        if (exitCode == 0)
        {
            output.Should().Be("6");
        }
        else
        {
            output.Should().Contain("does not load").And.Contain("Install the library");
            output.Should().NotContain("\n", "TorchSharp's own report of a failure goes on for pages");
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("torch/lib")]
    public async Task NamedLibtorch_IsUsedWhereThereIsNoBackendPackage(string below)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Elsewhere libtorch comes from packages.");
        string named = _folder.File("python");
        LinkLibtorchTo(Path.Combine(named, below));

        (int exitCode, string output, string errors) = await RunAsync(WithoutLibtorch(hasLibTorchSharp: true), ["origin"], (TorchRuntime.LibtorchVariable, named));
        exitCode.Should().Be(0, output + errors);
        output.Should().StartWith("6\n");
    }

    [Fact]
    public async Task NamedLibtorch_ThatIsNone_SaysWhatToName()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Elsewhere libtorch comes from packages.");
        string empty = Directory.CreateDirectory(_folder.File("empty")).FullName;
        (await RunAsync(AppContext.BaseDirectory, (TorchRuntime.LibtorchVariable, empty))).Should().Be((
            1, $"RANKNAS_LIBTORCH is '{empty}', where there is no libtorch_cpu.so: name the folder torch/lib of a PyTorch, or the folder lib of a libtorch.", ""));

        await File.WriteAllTextAsync(Path.Combine(empty, "libtorch_cpu.so"), "no library", Token);
        (int exitCode, string output, _) = await RunAsync(AppContext.BaseDirectory, (TorchRuntime.LibtorchVariable, empty));
        exitCode.Should().Be(1);
        output.Should().StartWith("The libtorch of RANKNAS_LIBTORCH does not load: ").And.EndWith("Name that of a PyTorch which 'import torch' loads.").And.NotContain("\n");
    }

    [Fact]
    public async Task NamedLibtorch_OfAnotherVersion_IsOneErrorThatNamesWhatIsMissing()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Elsewhere libtorch comes from packages.");
        string named = _folder.File("other");
        LinkLibtorchTo(Path.Combine(named, "lib"));
        await File.WriteAllTextAsync(Path.Combine(named, "version.py"), "__version__ = '2.7.1+cu126'\ndebug = False\n", Token);

        // As if this version did not have one of the functions that TorchSharp calls.
        await RenameAsync(Path.Combine(named, "lib", "libc10.so"), "_ZN3c1010TensorImpl17set_requires_gradEb", "_ZN3c1010TensorImpl17sft_requires_gradEb");

        (int exitCode, string output, _) = await RunAsync(AppContext.BaseDirectory, (TorchRuntime.LibtorchVariable, named));
        exitCode.Should().Be(1, output);
        output.Should().StartWith($"TorchSharp does not fit the libtorch in '{named}' (version 2.7.1+cu126): ").And.Contain("undefined symbol: _ZN3c10")
            .And.EndWith("It is made for libtorch 2.10.0: set RANKNAS_LIBTORCH to a PyTorch of that version.");
    }

    [Fact]
    public async Task NamedLibtorch_OfOtherNames_IsRefusedBeforeASecondOneIsLoaded()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Elsewhere libtorch comes from packages.");
        string named = _folder.File("distribution");
        LinkLibtorchTo(named);
        await RenameAsync(Path.Combine(named, "libtorch.so"), "libtorch.so", "libtorch.sx");

        (int exitCode, string output, _) = await RunAsync(AppContext.BaseDirectory, (TorchRuntime.LibtorchVariable, named));
        exitCode.Should().Be(1, output);
        output.Should().StartWith($"The libtorch in '{named}' (version unknown) does not call itself libtorch.so, as TorchSharp does: ");
    }

    private static async Task RenameAsync(string path, string from, string to)
    {
        byte[] library = await File.ReadAllBytesAsync(path, Token);
        System.Text.Encoding.ASCII.GetBytes(to).CopyTo(library.AsSpan(library.AsSpan().IndexOf(System.Text.Encoding.ASCII.GetBytes(from))));
        File.Delete(path);
        await File.WriteAllBytesAsync(path, library, Token);
    }

    // A program as it is without a backend package: TorchSharp's own package has LibTorchSharp, and nothing that it needs.
    private string WithoutLibtorch(bool hasLibTorchSharp)
    {
        string bare = Directory.CreateDirectory(_folder.File("bare")).FullName;
        foreach (string file in Directory.GetFiles(AppContext.BaseDirectory).Where(file =>
            !Path.GetFileName(file).StartsWith("lib", StringComparison.Ordinal) && Path.GetExtension(file) is ".dll" or ".json"))
        {
            File.Copy(file, Path.Combine(bare, Path.GetFileName(file)));
        }

        if (hasLibTorchSharp)
        {
            File.Copy(NativeFolders.Find(NativeFolders.LibTorchSharp)!, Path.Combine(bare, NativeFolders.LibTorchSharp));
        }

        // Without its list of dependencies the runtime does not look into the packages' own folders.
        File.Delete(Path.Combine(bare, "RankNas.Torch.Probe.deps.json"));
        return bare;
    }

    private static void LinkLibtorchTo(string folder)
    {
        Directory.CreateDirectory(folder);
        foreach (string file in Directory.GetFiles(Path.GetDirectoryName(NativeFolders.Find(NativeFolders.Libtorch)!)!).Where(file => !file.Contains("TorchSharp", StringComparison.Ordinal)))
        {
            File.CreateSymbolicLink(Path.Combine(folder, Path.GetFileName(file)), file);
        }
    }

    private static string ProgramIn(string folder) => Path.Combine(folder, "RankNas.Torch.Probe.dll");

    private static bool CanBeReadByAll(string path)
    {
        for (DirectoryInfo? folder = new(path); folder is not null; folder = folder.Parent)
        {
            if (!OperatingSystem.IsWindows() && (folder.UnixFileMode & UnixFileMode.OtherExecute) == 0)
            {
                return false;
            }
        }

        return true;
    }

    private Task<(int ExitCode, string Output, string Errors)> RunAsync(string folder, params (string Name, string Value)[] environment) =>
        RunAsync(folder, [], environment);

    private Task<(int ExitCode, string Output, string Errors)> RunAsync(string folderOrProgram, string[] arguments, params (string Name, string Value)[] environment) =>
        Directory.Exists(folderOrProgram)
            ? StartAsync("dotnet", [ProgramIn(folderOrProgram), .. arguments], environment)
            : StartAsync(folderOrProgram, arguments, environment);

    private async Task<(int ExitCode, string Output, string Errors)> StartAsync(string program, string[] arguments, (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(program, arguments)
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
