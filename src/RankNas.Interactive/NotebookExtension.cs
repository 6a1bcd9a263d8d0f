namespace RankNas.Interactive;

/// <summary>What <c>extension.dib</c> calls in a notebook that references the package, and what it has told of the kernel.</summary>
internal static class NotebookExtension
{
    private static volatile Func<CancellationToken> _cell = () => CancellationToken.None;
    private static volatile Func<object, Action<object>> _show = ShowByFormatter;

    /// <summary>Gets what ends the cell that runs, where the notebook has told it.</summary>
    public static CancellationToken Cell => _cell();

    /// <summary>Registers the formatters, and keeps what only the kernel knows.</summary>
    /// <param name="cell">Gets the token by which the notebook ends the cell that runs.</param>
    /// <param name="show">Shows a value below the cell, and returns what puts another in its place.</param>
    public static void Load(Func<CancellationToken> cell, Func<object, Action<object>> show)
    {
        (_cell, _show) = (cell, show);
        NotebookFormatters.Register();
    }

    /// <summary>Shows a value.</summary>
    /// <returns>What puts another in its place.</returns>
    public static Action<object> Show(object value) => _show(value);

    // In the kernel, updates of what this has shown go by another id (1.0.712001), so that a notebook would show the first value for ever.
    internal static Action<object> ShowByFormatter(object value) => value.Display().Update;
}
