using RankNas.Distributed;

namespace RankNas.Tool.Arguments;

/// <summary>The options of a search on a cluster.</summary>
internal sealed class ClusterSearchOptions
{
    private readonly BrokerOptions _broker = new(isRequired: false);
    private readonly Option<string?> _numerics = new("--cluster-numerics")
    {
        Description = "What workers have to compute by, as 'ranknas cluster status' shows it; by default, what this machine would.",
        HelpName = "NUMERICS",
    };

    public void AddTo(ToolCommand command)
    {
        _broker.AddTo(command);
        command.AddGroup(ToolCommand.ClusterGroup, _numerics);
    }

    public bool IsGiven(ParseResult parsed) => _broker.IsGiven(parsed);

    /// <summary>Has workers score, where a cluster is given.</summary>
    public NasBuilder Use(NasBuilder builder, ParseResult parsed, TextWriter errors)
    {
        if (!IsGiven(parsed))
        {
            return parsed.GetValue(_numerics) is null ? builder : throw new UsageException("--cluster-numerics goes with --cluster: write both, or neither.");
        }

        var cluster = new ClusterOptions
        {
            Numerics = parsed.GetValue(_numerics),
            Notify = notice => errors.WriteLine($"ranknas: {notice}"),
        };
        return builder.UseRabbitMq(_broker.AddressOf(parsed), _broker.OptionsOf(parsed), cluster);
    }
}
