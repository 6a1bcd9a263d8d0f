using RankNas.Plotting;
using RankNas.Plotting.Reports;

namespace RankNas;

/// <summary>Writes the report of a search as one HTML file without external resources.</summary>
public static class ReportExtensions
{
    /// <summary>Writes the report as an HTML document.</summary>
    /// <param name="result">The result.</param>
    /// <param name="options">Additional content of the report; only the result if null.</param>
    /// <returns>The document: notices, summary, best architecture, plots, ranked table, settings, machine. It loads no external resources, and all text is escaped.</returns>
    /// <exception cref="InvalidOperationException">Nothing was scored.</exception>
    public static string ToReport(this SearchResult result, ReportOptions? options = null)
    {
        ChartExtensions.ThrowIfEmpty(result);
        return new ReportPage(result, options ?? new ReportOptions()).ToString();
    }

    /// <summary>Saves the report as an HTML file.</summary>
    /// <param name="result">The result.</param>
    /// <param name="path">The file, such as <c>report.html</c>. It is written atomically; an existing file is replaced.</param>
    /// <param name="options">Additional content of the report; only the result if null.</param>
    /// <exception cref="InvalidOperationException">Nothing was scored.</exception>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void SaveReport(this SearchResult result, string path, ReportOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        PictureFile.Write(path, result.ToReport(options));
    }
}
