namespace RankNas.Plotting;

/// <summary>A table of texts in a section of a report.</summary>
public sealed record ReportTable
{
    /// <summary>Creates a table.</summary>
    /// <param name="headers">The headers of the columns, at least one. The first column names the rows.</param>
    /// <param name="rows">The rows, each with as many cells as there are headers.</param>
    /// <exception cref="ArgumentException">There is no header, or a row has another number of cells.</exception>
    public ReportTable(IEnumerable<string> headers, IEnumerable<IEnumerable<string>> rows)
    {
        ArgumentNullException.ThrowIfNull(headers);
        ArgumentNullException.ThrowIfNull(rows);
        Headers = [.. headers];
        Rows = [.. rows.Select(row => row.ToImmutableArray())];
        if (Headers.IsEmpty)
        {
            throw new ArgumentException("There is no header: give one for each column.", nameof(headers));
        }

        if (Rows.IndexOf(Rows.FirstOrDefault(row => row.Length != Headers.Length)) is >= 0 and int place)
        {
            throw new ArgumentException(
                FormattableString.Invariant($"Row {place + 1} has {Rows[place].Length} cells, and there are {Headers.Length} headers: give a cell for each header."), nameof(rows));
        }
    }

    /// <summary>Gets the headers of the columns. The first column names the rows.</summary>
    public ImmutableArray<string> Headers { get; }

    /// <summary>Gets the rows, each with as many cells as there are headers.</summary>
    public ImmutableArray<ImmutableArray<string>> Rows { get; }
}
