namespace RankNas.Tool.Arguments;

/// <summary>The options that limit what a search may score.</summary>
internal sealed class ConstraintOptions
{
    private const long Most = 1_000_000_000_000_000;

    private readonly NumberOption<long> _parameters = NumberOption<long>.WithoutDefault(
        "--max-parameters", "Scores only networks of at most so many parameters, such as 300k.", 1, Most, 1_000_000);

    private readonly NumberOption<long> _macs = NumberOption<long>.WithoutDefault(
        "--max-macs", "Scores only networks of at most so many multiply-accumulates for one image.", 1, Most, 100_000_000);

    public void AddTo(ToolCommand command) => command.AddGroup(ToolCommand.LimitsGroup, _parameters, _macs);

    public NasBuilder Use(ParseResult parsed, NasBuilder builder)
    {
        if (MaxParameters(parsed) is { } parameters)
        {
            builder.AddMaxParameters(parameters);
        }

        if (MaxMacs(parsed) is { } macs)
        {
            builder.AddMaxMacs(macs);
        }

        return builder;
    }

    /// <summary>Gets the most parameters; null where they are not limited.</summary>
    public long? MaxParameters(ParseResult parsed) => parsed.GetValue(_parameters) is > 0 and var parameters ? parameters : null;

    /// <summary>Gets the most multiply-accumulates; null where they are not limited.</summary>
    public long? MaxMacs(ParseResult parsed) => parsed.GetValue(_macs) is > 0 and var macs ? macs : null;

    /// <summary>Adds the limits that are given to a command line.</summary>
    public void Describe(ParseResult parsed, CommandLineText line)
    {
        foreach (NumberOption<long> limit in (NumberOption<long>[])[_parameters, _macs])
        {
            if (parsed.GetValue(limit) is > 0 and long most)
            {
                line.Add(limit.Name, most);
            }
        }
    }
}
