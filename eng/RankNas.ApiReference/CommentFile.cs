using System.Globalization;
using System.Xml.Linq;
using Microsoft.CodeAnalysis;

namespace RankNas.ApiReference;

/// <summary>A library's documentation file, for the compiler to find comments in.</summary>
internal sealed class CommentFile : DocumentationProvider
{
    private readonly string _path;
    private readonly Dictionary<string, string> _comments;

    public CommentFile(string path)
    {
        _path = path;
        _comments = XDocument.Load(path, LoadOptions.PreserveWhitespace).Descendants("member")
            .ToDictionary(member => member.Attribute("name")!.Value, member => member.ToString(SaveOptions.DisableFormatting));
    }

    /// <summary>Gets a comment by its id, whatever that stands for.</summary>
    public string? Find(string id) => _comments.GetValueOrDefault(id);

    public override bool Equals(object? obj) => obj is CommentFile other && other._path == _path;

    public override int GetHashCode() => _path.GetHashCode(StringComparison.Ordinal);

    protected override string GetDocumentationForSymbol(string documentationMemberID, CultureInfo preferredCulture, CancellationToken cancellationToken = default) =>
        _comments.GetValueOrDefault(documentationMemberID, "");
}
