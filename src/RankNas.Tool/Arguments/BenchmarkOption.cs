namespace RankNas.Tool.Arguments;

/// <summary>A benchmark of accuracies, as a file or a folder.</summary>
internal sealed class BenchmarkOption : Option<string>, IPathOption
{
    private const string Example = "architecture=arch,flowers=val_acc/test_acc";

    private readonly string _name;
    private readonly NatsBenchOptions? _options;

    public BenchmarkOption(string name, string description, NatsBenchOptions? options = null)
        : base(name)
    {
        _name = name;
        _options = options;
        Description = description;
        HelpName = "CSV|DIR";
        Columns = new Option<string>(name.Replace("benchmark", "columns", StringComparison.Ordinal))
        {
            Description = $"The columns of {name}'s CSV file, such as {Example}: a data set's validation and test column; index=, separator= and unit=fraction where they are needed.",
            HelpName = "COLUMNS",
        };
    }

    /// <summary>Gets the option that names the columns of a CSV file; a command takes both.</summary>
    public Option<string> Columns { get; }

    /// <summary>Opens the benchmark; null where the option is not given.</summary>
    public IAccuracyBenchmark? Find(ParseResult parsed, ISearchSpace space)
    {
        string? columns = parsed.GetValue(Columns);
        return (parsed.GetValue(this), columns) switch
        {
            (null, null) => null,
            (null, _) => throw new UsageException($"{Columns.Name} is given without {_name}: write {_name} and the CSV file that has these columns."),
            ({ } path, _) => Open(path, columns, space),
        };
    }

    /// <summary>Opens the benchmark, which has to be given.</summary>
    public IAccuracyBenchmark Get(ParseResult parsed, ISearchSpace space) => Find(parsed, space)
        ?? throw new UsageException($"{_name} is missing: write {_name} and a CSV file or an official NATS-Bench folder.");

    private IAccuracyBenchmark Open(string path, string? columns, ISearchSpace space)
    {
        if (PathProblem.Of(path, PathUse.InputOrFolder) is { } problem)
        {
            throw new UsageException($"{_name}: {problem}: name a CSV file of accuracies or an official NATS-Bench folder.");
        }

        bool isFolder = Directory.Exists(path);
        if (isFolder && columns is not null)
        {
            throw new UsageException($"{Columns.Name} is for a CSV file, and {_name} is a folder: leave it out.");
        }

        AccuracyColumns? named = columns is null ? null : Parse(columns);
        return InputOption.Read<IAccuracyBenchmark>(
            _name, () => isFolder ? NatsBenchFolder.Open(path, space, _options) : AccuracyTable.ReadCsv(path, space, named));
    }

    private AccuracyColumns Parse(string columns)
    {
        try
        {
            return AccuracyColumns.Parse(columns);
        }
        catch (FormatException exception)
        {
            throw new UsageException($"{Columns.Name}: {exception.Message}");
        }
    }
}
