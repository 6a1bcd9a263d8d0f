using System.Globalization;
using RankNas.Files;
using RankNas.NatsBench.Accuracies;

namespace RankNas.Reproduction;

/// <summary>The paper's Tables 2 and 3, with the final figures of its authors and, in Table 3, FreeREA's.</summary>
public static class PublishedResults
{
    /// <summary>Gets the rows of a table, in its order.</summary>
    /// <param name="table">2 for the size space, 3 for the topology space.</param>
    public static IReadOnlyList<PublishedResult> OfTable(int table)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(table, 2);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(table, 3);
        using Stream resource = typeof(PublishedResults).Assembly.GetManifestResourceStream("RankNas.published.csv")!;
        using TextInput text = TextInput.Of(resource);
        var csv = new CsvRows(text);
        var rows = new List<PublishedResult>();
        while (csv.Read())
        {
            if (int.Parse(csv["table"], CultureInfo.InvariantCulture) == table)
            {
                string seconds = csv["search"];
                rows.Add(new PublishedResult(
                    csv["method"], seconds.Length > 0 ? double.Parse(seconds, CultureInfo.InvariantCulture) : null, Read(csv, "valid"), Read(csv, "test")));
            }
        }

        return rows;
    }

    private static Dictionary<string, string> Read(CsvRows csv, string set) => KnownColumns.DataSets
        .Select(dataSet => (dataSet.DataSet, Figure: csv[$"{dataSet.Prefix}_{set}"]))
        .Where(pair => pair.Figure.Length > 0)
        .ToDictionary(pair => pair.DataSet, pair => pair.Figure);
}
