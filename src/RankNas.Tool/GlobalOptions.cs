namespace RankNas.Tool;

/// <summary>The options that every command has.</summary>
internal sealed class GlobalOptions
{
    /// <summary>Gets the option for the file of settings.</summary>
    public Option<string> Config { get; } = new("--config")
    {
        Description = "The file with values for options that are not given; without it RANKNAS_CONFIG, then ranknas.json in the working folder.",
        HelpName = "FILE",
        Recursive = true,
    };

    /// <summary>Gets the option against colours.</summary>
    public Option<bool> NoColor { get; } = new("--no-color")
    {
        Description = "Shows progress without colours, as NO_COLOR=1 does.",
        Recursive = true,
    };
}
