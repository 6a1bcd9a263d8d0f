namespace RankNas.Interactive;

/// <summary>What <c>extension.dib</c> calls in a notebook that references the package.</summary>
internal static class NotebookExtension
{
    private static volatile Func<CancellationToken> _cell = () => CancellationToken.None;

    /// <summary>Gets what ends the cell that runs, where the notebook has told it.</summary>
    public static CancellationToken Cell => _cell();

    /// <summary>Registers the formatters, and keeps how the running cell is ended.</summary>
    /// <param name="cell">Gets the token by which the notebook ends the cell that runs.</param>
    public static void Load(Func<CancellationToken> cell)
    {
        _cell = cell;
        NotebookFormatters.Register();
    }
}
