using RankNas.Plotting;
using RankNas.Plotting.Reports;

namespace RankNas;

/// <summary>Reports of a search, in one HTML file that needs nothing from elsewhere.</summary>
public static class ReportExtensions
{
    /// <summary>Writes the report as an HTML document.</summary>
    /// <param name="result">The result.</param>
    /// <param name="options">What the report has besides; only the result where null.</param>
    /// <returns>The document: notices, summary, best architecture, plots, ranked table, settings, machine. It loads nothing, and every text is escaped.</returns>
    /// <exception cref="InvalidOperationException">Nothing was scored.</exception>
    public static string ToReport(this SearchResult result, ReportOptions? options = null)
    {
        ChartExtensions.ThrowIfEmpty(result);
        return new ReportPage(result, options ?? new ReportOptions()).ToString();
    }

    /// <summary>Writes the report into an HTML file.</summary>
    /// <param name="result">The result.</param>
    /// <param name="path">The file, such as <c>report.html</c>, which appears whole or not at all; one that is there is replaced.</param>
    /// <param name="options">What the report has besides; only the result where null.</param>
    /// <exception cref="InvalidOperationException">Nothing was scored.</exception>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void SaveReport(this SearchResult result, string path, ReportOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        PictureFile.Write(path, result.ToReport(options));
    }
}
