namespace RankNas.Plotting.Charts;

/// <summary>Plans a confusion matrix.</summary>
internal static class ConfusionPlan
{
    /// <summary>The most classes whose cells have their counts.</summary>
    public const int MostWithCounts = 20;

    // Of more classes, the names are thinned rather than the picture widened.
    private const int MostWithNames = 100;

    private const int LeastSide = 300;
    private const int LeastWidth = 480;
    private const int CellWithCount = 38;
    private const int CellWithName = 13;

    // The title, the labels of the axes and the note.
    private const int Around = 110;

    public static ChartPlan Of(ImmutableArray<string> names, int[,] counts)
    {
        Check(names, counts);
        ImmutableArray<ImmutableArray<int>> rows =
            [.. Enumerable.Range(0, names.Length).Select(row => Enumerable.Range(0, names.Length).Select(column => counts[row, column]).ToImmutableArray())];
        const string Title = "Confusion matrix";
        long all = rows.Sum(row => row.Sum(count => (long)count));
        long right = rows.Select((row, place) => (long)row[place]).Sum();
        return all == 0
            ? ChartPlan.Empty(Title, "every count is 0")
            : new ChartPlan(
                Title, new ChartAxis("predicted class") { Names = names }, new ChartAxis("true class") { Names = names }, [new ChartLayer.Cells(rows)],
                FormattableString.Invariant($"{right:N0} of {all:N0} right, {AxisNumbers.Percent(Math.Round((double)right / all, 4))}; colour: share of row"));
    }

    /// <summary>Gets the size at which each class has its name, and each cell room for its count.</summary>
    public static (int Width, int Height) SizeOf(ImmutableArray<string> names, int[,] counts)
    {
        int digits = counts.Cast<int>().Select(count => CellsPlottable.TextOf(count).Length).DefaultIfEmpty(1).Max();
        int cell = names.Length <= MostWithCounts ? Math.Max(CellWithCount, 8 * digits + 6) : CellWithName;
        int side = Math.Max(LeastSide, cell * Math.Min(names.Length, MostWithNames));
        int label = (int)(8 * names.Select(name => Math.Min(name.Length, AxisNames.MostLetters)).DefaultIfEmpty(1).Max());
        return (Math.Max(LeastWidth, side + label + Around / 2), side + label + Around);
    }

    private static void Check(ImmutableArray<string> names, int[,] counts)
    {
        if (names.IsEmpty)
        {
            throw new ArgumentException("There is no class: give the names of the classes.", nameof(names));
        }

        if (counts.GetLength(0) != names.Length || counts.GetLength(1) != names.Length)
        {
            throw new ArgumentException(
                FormattableString.Invariant($"The counts are {counts.GetLength(0)}×{counts.GetLength(1)}, and there are {names.Length} class names: give a row and a column for each."),
                nameof(counts));
        }

        if (counts.Cast<int>().Any(count => count < 0))
        {
            throw new ArgumentException("A count is negative: give how many samples each cell has.", nameof(counts));
        }
    }
}
