using RankNas.Tool.Comparing;

namespace RankNas.Tool.Commands;

/// <summary><c>ranknas compare</c>: whether methods differ, by the accuracies of what runs of the same seeds found.</summary>
internal static class CompareCommand
{
    private const string ByRun = "run";
    private const string BySet = "set";

    public static Command Create(TextWriter output)
    {
        var files = new Argument<string[]>("FILE…") { Description = "Files that search, study or reproduce wrote with --json.", Arity = ArgumentArity.ZeroOrMore };
        var methods = new Option<string[]>("--method")
        {
            Description = "Only these methods, as the tables name them; all by default.",
            AllowMultipleArgumentsPerToken = true,
            HelpName = "NAME…",
        };
        var baseline = new Option<string>("--baseline") { Description = "Compares each method with this one alone, and not every two.", HelpName = "NAME" };
        var by = new ChoiceOption("--by", "What is paired: runs of the same seed, or the means of runs of the same weights and images", ByRun, ByRun, BySet);
        Option<bool> json = JsonOutput.CreateOption();
        var command = new ToolCommand(
            "compare",
            "Tells whether methods differ, by the accuracies of what their runs found: files that search, study or reproduce wrote with --json and --benchmark.",
            "FILE… [options]",
            "ranknas compare table3.json --method recommended sa-rank rs-rank",
            "ranknas compare table3.json --baseline rea --json",
            "ranknas compare genetic-0.json genetic-1.json ageing-0.json ageing-1.json");
        command.Arguments.Add(files);
        command.AddGroup(ToolCommand.SearchGroup, methods, baseline, by).AddGroup(ToolCommand.OutputGroup, json);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            ComparisonReport report = await Interruptible.RunAsync(
                () => Compare(parsed.GetValue(files)!, parsed.GetValue(methods), parsed.GetValue(baseline), parsed.GetValue(by)!), cancellationToken).ConfigureAwait(false);
            JsonOutput.WriteOr(output, parsed.GetValue(json), report, (writer, value, width) => value.WriteTables(writer, width));

            return ExitCode.Done;
        });
        return command;
    }

    private static ComparisonReport Compare(string[] files, string[]? wanted, string? baseline, string by)
    {
        if (files.Length == 0)
        {
            throw new UsageException("compare needs one or more files that search, study or reproduce wrote with --json, such as table3.json.");
        }

        if (files.GroupBy(Path.GetFullPath).FirstOrDefault(file => file.Count() > 1) is { } twice)
        {
            throw new UsageException($"'{twice.First()}' is written more than once: write it once.");
        }

        ComparedRun[] runs = [.. files.SelectMany(ResultFile.Read)];
        string[] spaces = [.. runs.Select(run => run.Space).OfType<string>().Distinct()];
        if (spaces.Length > 1)
        {
            throw new InvalidDataException($"The files are of several spaces, {string.Join(" and ", spaces)}: compare runs of one.");
        }

        IReadOnlyList<(string Name, ComparedRun[] Runs)> all = MethodSeries.Group(runs);
        string[] names = [.. all.Select(method => method.Name)];
        foreach (string name in (wanted ?? []).Append(baseline).OfType<string>().Where(name => !names.Contains(name)))
        {
            string meant = Suggestion.For(name, names) is { } near ? $" (did you mean {near}?)" : "";
            throw new UsageException($"There is no method '{name}'{meant}: the files have {string.Join(", ", names)}.");
        }

        MethodSeries[] chosen =
        [
            .. all.Where(method => wanted is not { Length: > 0 } || wanted.Contains(method.Name) || method.Name == baseline)
                .Select(method => MethodSeries.Of(method.Name, method.Runs, isBySet: by == BySet)),
        ];
        return chosen.Length > 1
            ? ComparisonReport.Of(by, chosen, baseline)
            : throw new UsageException($"There is one method alone, {chosen[0].Name}: name two or more, or files with two or more.");
    }
}
