using System.Net;
using System.Runtime.CompilerServices;
using System.Text;

namespace RankNas.Plotting.Reports;

/// <summary>A piece of HTML. What is filled into <c>Html.Of($"…{text}…")</c> is escaped, unless it is such a piece itself.</summary>
internal sealed class Html
{
    private readonly string _markup;

    private Html(string markup) => _markup = markup;

    public static Html Empty { get; } = new("");

    public static Html Of(Template template) => new(template.ToString());

    /// <summary>Takes markup as it is: only what this assembly wrote itself.</summary>
    public static Html Trusted(string markup) => new(markup);

    public static Html Join(IEnumerable<Html> pieces) => new(string.Concat(pieces.Select(piece => piece._markup)));

    public override string ToString() => _markup;

    /// <summary>Escapes what is filled in.</summary>
    [InterpolatedStringHandler]
    public readonly struct Template
    {
        private readonly StringBuilder _markup;

        public Template(int literalLength, int formattedCount) => _markup = new StringBuilder(literalLength + 16 * formattedCount);

        public void AppendLiteral(string markup) => _markup.Append(markup);

        public void AppendFormatted(Html piece) => _markup.Append(piece);

        public void AppendFormatted(string? text) => _markup.Append(WebUtility.HtmlEncode(PictureText.Clean(text ?? "")));

        public void AppendFormatted(long number) => _markup.Append(number.ToString("N0", CultureInfo.InvariantCulture));

        public override string ToString() => _markup.ToString();
    }
}
