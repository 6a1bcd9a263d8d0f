using System.Globalization;
using CsvHelper;

namespace RankNas;

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
        using var reader = new StreamReader(resource);
        using var csv = new CsvReader(reader, CultureInfo.InvariantCulture);
        csv.Read();
        csv.ReadHeader();
        var rows = new List<PublishedResult>();
        while (csv.Read())
        {
            if (csv.GetField<int>("table") == table)
            {
                rows.Add(new PublishedResult(csv.GetField("method")!, csv.GetField<double?>("search"), Read(csv, "valid"), Read(csv, "test")));
            }
        }

        return rows;
    }

    private static Dictionary<string, string> Read(CsvReader csv, string set) => DataSetColumns.All
        .Select(dataSet => (dataSet.DataSet, Figure: csv.GetField($"{dataSet.Columns}_{set}")!))
        .Where(pair => pair.Figure.Length > 0)
        .ToDictionary(pair => pair.DataSet, pair => pair.Figure);
}
