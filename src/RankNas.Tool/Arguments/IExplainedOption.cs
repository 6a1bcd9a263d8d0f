namespace RankNas.Tool.Arguments;

/// <summary>Marks options whose error messages say what to write instead.</summary>
internal interface IExplainedOption
{
    /// <summary>Gets a value that serves.</summary>
    string Example { get; }
}
