using RankNas.Latency;
using RankNas.Pareto;

namespace RankNas.Tool.Arguments;

/// <summary>The objectives beside the rank, and where latencies are known from.</summary>
internal sealed class ObjectiveOptions
{
    private const string LatencyId = "latency";

    private static readonly Dictionary<string, IArchitectureObjective> Known = ((IArchitectureObjective[])
        [Objectives.Parameters, Objectives.Macs, Objectives.ActivationMemory]).ToDictionary(objective => objective.Id);

    private static readonly string[] Ids = [.. Known.Keys, LatencyId];

    private readonly Option<string[]> _objectives = new("--objective")
    {
        Description = $"Objectives beside the rank, each of {string.Join(", ", Ids)}; --strategy pareto is led by them, and --pareto lists their front.",
        AllowMultipleArgumentsPerToken = true,
        HelpName = "ID…",
    };

    private readonly PathOption _table = new(
        "--latency-table", "A CSV file of latencies, with a column arch or index; only its architectures are searched. Indices are those of --benchmark.", "latencies.csv", PathUse.Input, "CSV");

    private readonly Option<string> _column = new("--latency-column")
    {
        Description = "The column of --latency-table with milliseconds, such as raspi4_latency.",
        HelpName = "COLUMN",
    };

    private readonly PathOption _model = new(
        "--latency-model", "A latency model that was fitted in code, a JSON file: latencies are predicted by it.", "model.json", PathUse.Input, "JSON");

    public ObjectiveOptions() => _objectives.CompletionSources.Add(Ids);

    public void AddTo(ToolCommand command) => command.AddGroup(ToolCommand.SearchGroup, _objectives, _table, _column, _model);

    /// <summary>Adds the objectives that are given to a search.</summary>
    public void Use(ParseResult parsed, NasBuilder builder, ISearchSpace space, IAccuracyBenchmark? accuracies)
    {
        string[] ids = [.. (parsed.GetValue(_objectives) ?? []).Distinct(StringComparer.Ordinal)];
        if (!ids.Contains(LatencyId) && (parsed.GetValue(_table) ?? parsed.GetValue(_column) ?? parsed.GetValue(_model)) is not null)
        {
            throw new UsageException($"{_table.Name}, {_column.Name} and {_model.Name} are for --objective latency: write it too, or leave them out.");
        }

        foreach (string id in ids)
        {
            builder.AddObjective(id == LatencyId ? Objectives.Latency(Source(parsed, builder, space, accuracies)) : Known.GetValueOrDefault(id) ?? throw Unknown(id));
        }
    }

    /// <summary>Adds the objectives that are given to a command line.</summary>
    public void Describe(ParseResult parsed, CommandLineText line)
    {
        if (parsed.GetValue(_objectives) is { Length: > 0 } ids)
        {
            line.Add("--objective", [.. ids.Distinct(StringComparer.Ordinal)]);
        }

        line.Add(_table.Name, parsed.GetValue(_table)).Add(_column.Name, parsed.GetValue(_column)).Add(_model.Name, parsed.GetValue(_model));
    }

    private static UsageException Unknown(string id)
    {
        string meant = Suggestion.For(id, Ids) is { } near ? $" (did you mean {near}?)" : "";
        return new UsageException($"--objective is '{id}'{meant}: write any of {string.Join(", ", Ids)}.");
    }

    private ILatencySource Source(ParseResult parsed, NasBuilder builder, ISearchSpace space, IAccuracyBenchmark? accuracies)
    {
        switch (parsed.GetValue(_table), parsed.GetValue(_column), parsed.GetValue(_model))
        {
            case ({ } file, { } column, null):
                LatencyTable table = InputOption.Read(
                    _table.Name, () => LatencyTable.ReadCsv(file, column, space, accuracies is null ? null : accuracies.AtIndex));
                builder.AddConstraint(candidate => table.Contains(candidate.Architecture), $"a latency known by {table.Description}");
                return table;
            case (null, null, { } model):
                return InputOption.Read(_model.Name, () => LatencyModel.FromJson(File.ReadAllText(model)));
            case (null, null, null):
                return new TorchLatency();
            default:
                throw new UsageException($"Latencies are known from {_table.Name} with {_column.Name}, or from {_model.Name}, and are measured in libtorch where none is given: write one or the other.");
        }
    }
}
