using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using RankNas.Packages.Tests.Notebooks;

namespace RankNas.Packages.Tests;

/// <summary>The notebooks of <c>samples/notebooks</c>, run by the kernel that the repository names, with the packages of this run.</summary>
public class NotebookTests(PackedFamily family)
{
    // Notebooks name the last release; what is tested is what was packed.
    private const string Version = """(?<=#r "nuget: RankNas[\w.]*, )\d+\.\d+\.\d+(?=")""";

    /// <summary>If 1, the notebooks are saved with what the kernel produces: <c>eng/run-notebooks.sh</c> sets it.</summary>
    private const string RefreshVariable = "RANKNAS_REFRESH_NOTEBOOKS";

    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    public static TheoryData<string> Notebooks => [.. Directory.GetFiles(Repository.PathOf("samples", "notebooks"), "*.ipynb").Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];

    [Fact]
    public void TheNotebooks_AreThoseThatThePageNames()
    {
        string page = File.ReadAllText(Repository.PathOf("docs", "notebooks.md"));
        Notebooks.Select(row => row.Data).Should().BeEquivalentTo(["compare-proxies.ipynb", "search-and-look.ipynb"]).And.OnlyContain(name => page.Contains($"`{name}`", StringComparison.Ordinal));
    }

    [Theory]
    [Trait("Category", "Campaign")]
    [MemberData(nameof(Notebooks))]
    public async Task ANotebook_RunsFromItsFirstCellToItsLast_AndIsSavedWithWhatTheKernelProduces(string name)
    {
        bool refreshes = Environment.GetEnvironmentVariable(RefreshVariable) == "1";
        NotebookFile notebook = NotebookFile.Read(Repository.PathOf("samples", "notebooks", name));
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        timeout.CancelAfter(Longest);
        using NotebookKernel kernel = await family.StartKernelAsync(name, timeout.Token);

        List<string> differences = [];
        JsonObject[] cells = notebook.CodeCells;
        NotebookFile.CodeOf(cells[0]).Should().MatchRegex(Version);
        for (int number = 1; number <= cells.Length; number++)
        {
            JsonObject cell = cells[number - 1];
            string code = NotebookFile.CodeOf(cell);
            IReadOnlyList<NotebookOutput> outputs = await kernel.RunAsync(Regex.Replace(code, Version, family.Version), timeout.Token);

            // What the kernel says of packages has folders of this machine in it.
            NotebookOutput[] kept = IsOfPackages(code) ? [] : [.. outputs];
            kept.Should().NotContain(output => output.Texts.ContainsKey("stderr"));
            if (refreshes)
            {
                NotebookFile.SetOutputs(cell, number, kept);
            }
            else
            {
                differences.AddRange(DifferencesOf(number, NotebookFile.OutputsOf(cell), kept));
            }
        }

        if (refreshes)
        {
            notebook.Save();
        }

        differences.Should().BeEmpty("eng/run-notebooks.sh saves the notebooks anew");
    }

    private static bool IsOfPackages(string code) => code.Split('\n').All(line => line.StartsWith("#r ", StringComparison.Ordinal));

    private static IEnumerable<string> DifferencesOf(int cell, NotebookOutput[] saved, NotebookOutput[] produced) => saved.Length != produced.Length
        ? [$"Cell {cell} has {saved.Length} outputs saved, and produces {produced.Length}."]
        : saved.Zip(produced, (one, other) => one.DifferenceFrom(other)).OfType<string>().Select(difference => $"Cell {cell}: {difference}.");
}
