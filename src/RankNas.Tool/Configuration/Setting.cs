namespace RankNas.Tool.Configuration;

/// <summary>A value that an option has from the environment or from the file, and not from the command line.</summary>
/// <param name="Option">The option.</param>
/// <param name="Values">Its values, as they are written on the command line.</param>
/// <param name="From">Where it is from: the variable, or the file.</param>
internal sealed record Setting(Option Option, IReadOnlyList<string> Values, string From)
{
    /// <summary>Gets whether it is a switch that is turned off.</summary>
    public bool IsOff => Option is Option<bool> && Values is ["false"];
}
