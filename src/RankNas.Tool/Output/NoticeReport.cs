using RankNas.Files;

namespace RankNas.Tool.Output;

/// <summary>A notice as JSON has it.</summary>
internal sealed record NoticeReport(string Code, string Message)
{
    public static IReadOnlyList<NoticeReport> Of(SearchResult result) => Of(result.Notices);

    public static IReadOnlyList<NoticeReport> Of(IEnumerable<SearchNotice> notices) =>
        [.. notices.Select(notice => new NoticeReport(notice.Code, notice.Message))];

    /// <summary>Writes notices for people, a paragraph each.</summary>
    public static void Write(TextWriter output, IReadOnlyList<NoticeReport> notices, int? width)
    {
        foreach (NoticeReport notice in notices)
        {
            output.WriteParagraph($"Note: {ShownText.OneLine(notice.Message)}", width);
        }
    }
}
