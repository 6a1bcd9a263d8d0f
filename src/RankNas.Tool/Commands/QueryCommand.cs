using RankNas.Files;

namespace RankNas.Tool.Commands;

/// <summary><c>ranknas query</c>: the accuracies of one architecture in a benchmark.</summary>
internal static class QueryCommand
{
    public static Command Create(TextWriter output)
    {
        var space = new SpaceOptions();
        var benchmark = new BenchmarkOption("--benchmark", "The accuracies to look in.");
        var architecture = new Option<string>("--arch") { Description = "The architecture.", HelpName = "A" };
        var index = NumberOption<long>.WithoutDefault("--index", "In place of --arch, the architecture's number in the benchmark.", 0, long.MaxValue, 0);
        Option<bool> json = JsonOutput.CreateOption();
        var command = new ToolCommand(
            "query",
            "Looks up the accuracies of an architecture.",
            "--space SPACE --benchmark CSV|DIR --arch A|--index N [--json]",
            "ranknas query --space nats-sss --benchmark accuracies.csv --arch 64:64:64:64:56",
            "ranknas query --space nats-tss --benchmark NATS-tss-v1_0-3ffb9-simple --index 11472 --json");
        command.AddGroup(ToolCommand.AccuracyGroup, [.. space.All, benchmark, benchmark.Columns, architecture, index]).AddGroup(ToolCommand.OutputGroup, json);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            ISearchSpace searched = space.Resolve(parsed);
            long? number = parsed.GetResult(index) is { Implicit: false } ? parsed.GetValue(index) : null;
            QueryReport report = await Interruptible.RunAsync(
                () => Find(searched, benchmark.Get(parsed, searched), parsed.GetValue(architecture), number), cancellationToken).ConfigureAwait(false);
            JsonOutput.WriteOr(output, parsed.GetValue(json), report, Write);

            return ExitCode.Done;
        });
        return command;
    }

    private static QueryReport Find(ISearchSpace space, IAccuracyBenchmark accuracies, string? text, long? index)
    {
        Architecture wanted = Resolve(space, accuracies, text, index);
        IReadOnlyDictionary<string, Accuracy> found = accuracies.Find(wanted)
            ?? throw new UsageException($"--benchmark does not have {wanted.Text}: write an architecture that it has.");
        return new QueryReport(
            accuracies.IndexOf(wanted), wanted.Text, found.ToDictionary(pair => pair.Key, pair => new AccuracyReport(pair.Value.Validation, pair.Value.Test)));
    }

    private static Architecture Resolve(ISearchSpace space, IAccuracyBenchmark accuracies, string? text, long? index) => (text, index) switch
    {
        (null, { } number) => accuracies.AtIndex(number) ?? throw new UsageException($"--index is {number}, which the benchmark does not have."),
        ({ } written, null) => ArchitectureArguments.Parse(space, [written])[0],
        _ => throw new UsageException("Write either --arch and an architecture, or --index and its number in the benchmark."),
    };

    private static void Write(TextWriter output, QueryReport report, int? width)
    {
        // On a line of its own, to be copied.
        output.WriteLine(ShownText.Of(report.Arch, int.MaxValue));
        if (report.Index is { } index)
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"number {index} in the benchmark"));
        }

        output.WriteLine();
        new TextTable(
            [new TextColumn("data set", [.. report.Accuracy.Keys.Select(dataSet => ShownText.Of(dataSet))], IsText: true)],
            [
                .. Column("validation %", report.Accuracy.Values.Select(accuracy => accuracy.Validation)),
                .. Column("test %", report.Accuracy.Values.Select(accuracy => accuracy.Test)),
            ]).Write(output, width);
    }

    private static IEnumerable<TextColumn> Column(string heading, IEnumerable<double?> accuracies) =>
        accuracies.Any(accuracy => accuracy is not null) ? [new TextColumn(heading, NumberColumn.Of(accuracies, decimals: 2))] : [];
}
