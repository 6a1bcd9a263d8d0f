using System.Text.RegularExpressions;

namespace RankNas.Packages.Tests;

public class NewProjectTests(PackedFamily family)
{
    private const string Backend = "TorchSharp-cpu";
    private const string BackendVersion = "0.107.0";

    // The page names a release; what is tested is what was packed.
    private const string Version = @"#:package RankNas@\d+\.\d+\.\d+(?=\n)";

    [Fact]
    public async Task TheReadmesProgram_RunsInANewProject()
    {
        DotnetRun run = await RunConsoleAsync("console", Small(PackageSource.SnippetOf("README.md", "## In your program")));

        RowsOf(run.Output).Should().NotBeEmpty().And.OnlyContain(row => row.Contains("~0|+|", StringComparison.Ordinal));
        run.Output.Should().Contain("noise-immunity-live").And.Contain("naswot").And.Contain("logsynflow");
        run.Errors.Should().BeEmpty();
    }

    [Fact]
    [Trait("Category", "Campaign")]
    public async Task ImagesOfOnesOwn_MadeBeforeAnythingOfRankNasHasRun_AreSearchedWith()
    {
        string snippet = PackageSource.SnippetOf(Path.Combine("docs", "how-to.md"), "## Use images of your own");
        string small = snippet.Replace("    .Build()", "    .WithBudget(2)\n    .Build()", StringComparison.Ordinal);
        small.Should().NotBe(snippet, "the snippet builds a search");

        DotnetRun run = await RunConsoleAsync("images", $"""
            using RankNas;
            using RankNas.Images;
            using static TorchSharp.torch;

            CancellationToken cancellationToken = default;
            {small}
            Console.WriteLine(result.Evaluations);
            """);

        run.Output.Trim().Should().Be("2");
    }

    [Fact]
    [Trait("Category", "Campaign")]
    public async Task AScriptOfOneFile_RunsWithThePackages()
    {
        string folder = family.CreateFolder("script");
        string snippet = Small(PackageSource.SnippetOf(Path.Combine("docs", "scripts.md"), "## Anywhere"));
        snippet.Should().MatchRegex(Version).And.Contain($"#:package {Backend}@{BackendVersion}\n");
        string script = Regex.Replace(snippet, Version, $"#:package RankNas@{family.Version}");
        await File.WriteAllTextAsync(Path.Combine(folder, "search.cs"), script, TestContext.Current.CancellationToken);

        DotnetRun run = (await family.RunAsync(folder, "run", "search.cs")).ShouldSucceed();
        RowsOf(run.Output).Should().NotBeEmpty().And.OnlyContain(row => Regex.IsMatch(row, @"\d+:\d+:\d+:\d+:\d+"));
        await family.RunAsync(folder, "clean", "search.cs");
    }

    private async Task<DotnetRun> RunConsoleAsync(string name, string program)
    {
        string folder = family.CreateFolder(name);
        await File.WriteAllTextAsync(Path.Combine(folder, $"{name}.csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
                <Nullable>enable</Nullable>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="RankNas" Version="{family.Version}" />
                <PackageReference Include="{Backend}" Version="{BackendVersion}" />
              </ItemGroup>
            </Project>
            """, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(folder, "Program.cs"), program, TestContext.Current.CancellationToken);
        return (await family.RunAsync(folder, "run", "-c", "Release")).ShouldSucceed();
    }

    // Two architectures are as good a check as a hundred.
    private static string Small(string snippet)
    {
        string small = Regex.Replace(snippet, @"\.WithBudget\(\d+\)", ".WithBudget(2).WithBatchSize(8)");
        small.Should().NotBe(snippet, "the snippet sets a budget");
        return small;
    }

    private static IEnumerable<string> RowsOf(string output) =>
        output.Split('\n').Where(line => Regex.IsMatch(line, @"^\d+ "));
}
