namespace RankNas.Ranking;

/// <summary>Sums over the proxies, row by row.</summary>
internal static class ProxySums
{
    public static ImmutableArray<double> Of(ScoreTable table, Func<int, int, double> term)
    {
        double[] totals = new double[table.Rows.Length];
        for (int proxy = 0; proxy < table.Proxies.Length; proxy++)
        {
            for (int row = 0; row < totals.Length; row++)
            {
                totals[row] += term(proxy, row);
            }
        }

        return [.. totals];
    }
}
