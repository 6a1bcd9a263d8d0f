using System.Text.RegularExpressions;

namespace RankNas.Tests;

public class NewProjectTests(PackedFamily family)
{
    private const string Backend = "TorchSharp-cpu";
    private const string BackendVersion = "0.107.0";

    [Fact]
    public async Task TheReadmesProgram_RunsInANewProject()
    {
        string folder = family.CreateFolder("console");
        await File.WriteAllTextAsync(Path.Combine(folder, "console.csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
                <Nullable>enable</Nullable>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="RankNas" Version="{PackedFamily.Version}" />
                <PackageReference Include="{Backend}" Version="{BackendVersion}" />
              </ItemGroup>
            </Project>
            """, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(folder, "Program.cs"), Small(PackageSource.SnippetOf("README.md", "## In your program")), TestContext.Current.CancellationToken);

        DotnetRun run = (await family.RunAsync(folder, "run", "-c", "Release")).ShouldSucceed();
        RowsOf(run.Output).Should().NotBeEmpty().And.OnlyContain(row => row.Contains("~0|+|", StringComparison.Ordinal));
        run.Output.Should().Contain("noise-immunity-log1p").And.Contain("naswot").And.Contain("logsynflow");
        run.Errors.Should().BeEmpty();
    }

    [Fact]
    public async Task AScriptOfOneFile_RunsWithThePackages()
    {
        string folder = family.CreateFolder("script");
        string snippet = Small(PackageSource.SnippetOf(Path.Combine("docs", "scripts.md"), "## Anywhere"));
        snippet.Should().Contain($"#:package RankNas@{PackedFamily.Version}\n").And.Contain($"#:package {Backend}@{BackendVersion}\n");
        await File.WriteAllTextAsync(Path.Combine(folder, "search.cs"), snippet, TestContext.Current.CancellationToken);

        DotnetRun run = (await family.RunAsync(folder, "run", "search.cs")).ShouldSucceed();
        RowsOf(run.Output).Should().NotBeEmpty().And.OnlyContain(row => Regex.IsMatch(row, @"\d+:\d+:\d+:\d+:\d+"));
        await family.RunAsync(folder, "clean", "search.cs");
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
