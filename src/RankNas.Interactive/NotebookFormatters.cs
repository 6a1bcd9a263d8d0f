using Microsoft.DotNet.Interactive.Formatting;
using RankNas.Graphs;
using RankNas.Interactive.Views;
using Html = RankNas.Plotting.Reports.Html;

namespace RankNas.Interactive;

/// <summary>Teaches a notebook's kernel to show what RankNas has found: as HTML, and as plain text where no HTML is shown.</summary>
/// <remarks>
/// A notebook that references the package <c>RankNas.Interactive</c> by <c>#r "nuget: …"</c> has called <see cref="Register"/> already. The HTML has no scripts and loads nothing;
/// all text in it is escaped, and its colours follow the light or dark theme of the notebook.
/// </remarks>
public static class NotebookFormatters
{
    /// <summary>Registers the formatters; those of an earlier call are replaced.</summary>
    /// <remarks>
    /// Shown as tables: <see cref="SearchResult"/>, and sequences of <see cref="ScoredArchitecture"/>, such as <see cref="SearchResult.ParetoFront"/>; one
    /// <see cref="ScoredArchitecture"/> with the reasons of its failed scores. Shown as pictures: <see cref="Chart"/>, <see cref="Drawing"/>, and
    /// <see cref="NetworkGraph"/> by its cell and its whole network. <see cref="SearchProgress"/> is a bar.
    /// </remarks>
    /// <param name="options">The options; null for the defaults.</param>
    public static void Register(NotebookOptions? options = null)
    {
        options ??= new NotebookOptions();
        Register<SearchResult>(result => RankingView.Of(result, options.Top), result => result.Ranked.IsEmpty ? result.ToString() : result.ToText(options.Top));
        Register<IEnumerable<ScoredArchitecture>>(
            scored => RankingView.Of([.. scored], options.Top),
            scored => string.Join(Environment.NewLine, scored.Take(options.Top)));
        Register<ScoredArchitecture>(CandidateView.Of, scored => scored.ToString());
        Register<NetworkGraph>(PictureView.Of, graph => graph.DrawNetwork().Caption());
        Register<Drawing>(PictureView.Of, drawing => drawing.Caption());
        Register<Chart>(PictureView.Of, chart => chart.Title);
        Register<SearchProgress>(ProgressView.Of, progress => progress.ToString());
    }

    private static void Register<T>(Func<T, Html> view, Func<T, string> text)
    {
        Formatter.Register<T>((value, writer) => writer.Write(view(value)), HtmlFormatter.MimeType);
        Formatter.Register<T>((value, writer) => writer.Write(text(value)), PlainTextFormatter.MimeType);
        Formatter.SetPreferredMimeTypesFor(typeof(T), HtmlFormatter.MimeType, PlainTextFormatter.MimeType);
    }
}
