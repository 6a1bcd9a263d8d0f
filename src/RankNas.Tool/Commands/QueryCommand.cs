using System.CommandLine;
using System.Globalization;
using RankNas.Tool.Arguments;
using RankNas.Tool.Output;
using Spectre.Console;

namespace RankNas.Tool.Commands;

/// <summary><c>ranknas query</c>: the accuracies of one architecture in a benchmark.</summary>
internal static class QueryCommand
{
    public static Command Create(TextWriter output)
    {
        Option<string> space = SpaceOption.Create();
        var benchmark = new BenchmarkOption("--benchmark", "The accuracies to look in.");
        var architecture = new Option<string>("--arch") { Description = "The architecture.", HelpName = "A" };
        var index = new NumberOption<long>("--index", "In place of --arch, the architecture's number in the benchmark.", 0, 0);
        Option<bool> json = JsonOutput.CreateOption();
        var command = new Command("query", "Looks up the accuracies of an architecture.") { space, benchmark, benchmark.Columns, architecture, index, json };
        command.SetAction(parsed =>
        {
            ISearchSpace searched = SpaceOption.Resolve(parsed.GetValue(space));
            IAccuracyBenchmark accuracies = benchmark.Get(parsed, searched);
            Architecture wanted = Resolve(
                searched, accuracies, parsed.GetValue(architecture), parsed.GetResult(index) is { Implicit: false } ? parsed.GetValue(index) : null);
            IReadOnlyDictionary<string, Accuracy> found = accuracies.Find(wanted)
                ?? throw new UsageException($"--benchmark does not have {wanted.Text}: write an architecture that it has.");
            var report = new QueryReport(
                accuracies.IndexOf(wanted), wanted.Text, found.ToDictionary(pair => pair.Key, pair => new AccuracyReport(pair.Value.Validation, pair.Value.Test)));
            JsonOutput.WriteOr(output, parsed.GetValue(json), report, Write);

            return ExitCode.Done;
        });
        return command;
    }

    private static Architecture Resolve(ISearchSpace space, IAccuracyBenchmark accuracies, string? text, long? index) => (text, index) switch
    {
        (null, { } number) => accuracies.AtIndex(number) ?? throw new UsageException($"--index is {number}, which the benchmark does not have."),
        ({ } written, null) => ArchitectureArguments.Parse(space, [written])[0],
        _ => throw new UsageException("Write either --arch and an architecture, or --index and its number in the benchmark."),
    };

    private static void Write(TextWriter output, QueryReport report)
    {
        output.WriteLine(report.Index is { } index ? string.Create(CultureInfo.InvariantCulture, $"{index}: {report.Arch}") : report.Arch);
        var table = new Table { Border = TableBorder.Markdown };
        table.AddColumns("data set", "validation %", "test %");
        foreach ((string dataSet, AccuracyReport accuracy) in report.Accuracy)
        {
            table.AddRow(ShownText.Of(dataSet), Text(accuracy.Validation), Text(accuracy.Test));
        }

        Consoles.On(output).Write(table);
    }

    private static string Text(double? value) => value?.ToString("0.00", CultureInfo.InvariantCulture) ?? "";
}
