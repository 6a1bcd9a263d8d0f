using System.CommandLine;

namespace RankNas.Tool.Arguments;

/// <summary>A benchmark of accuracies, as a file or a folder.</summary>
internal sealed class BenchmarkOption : Option<string>
{
    private readonly string _name;
    private readonly NatsBenchOptions? _options;

    public BenchmarkOption(string name, string description, NatsBenchOptions? options = null)
        : base(name)
    {
        _name = name;
        _options = options;
        Description = description;
        HelpName = "CSV|DIR";
    }

    /// <summary>Opens the benchmark; null where the option is not given.</summary>
    public IAccuracyBenchmark? Find(ParseResult parsed, ISearchSpace space) => parsed.GetValue(this) is { } path ? Open(path, space) : null;

    /// <summary>Opens the benchmark, which has to be given.</summary>
    public IAccuracyBenchmark Get(ParseResult parsed, ISearchSpace space) => Find(parsed, space)
        ?? throw new UsageException($"{_name} is missing: write {_name} and a CSV file or an official NATS-Bench folder.");

    private IAccuracyBenchmark Open(string path, ISearchSpace space)
    {
        try
        {
            return Directory.Exists(path) ? NatsBenchFolder.Open(path, space, _options) : AccuracyTable.ReadCsv(path, space);
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            throw new UsageException($"{_name}: {exception.Message}");
        }
    }
}
