using System.Collections.Immutable;
using System.Globalization;
using RankNas.Files;

namespace RankNas.SearchSpaces.Mobile;

/// <summary>Mobile architectures as text: the width, then the stages, each with its blocks: <c>w0.5/k3e3-k5e6/se:k3e4-k7e3/…</c>.</summary>
internal static class MobileNotation
{
    private const string Squeeze = "se:";

    public static string Format(double width, IEnumerable<MobileStage> stages) => string.Create(
        CultureInfo.InvariantCulture, $"w{width}/{string.Join('/', stages.Select(Format))}");

    /// <exception cref="ArchitectureFormatException">The text is no architecture.</exception>
    public static (double Width, ImmutableArray<MobileStage> Stages) Parse(string text, string space, string example)
    {
        string[] parts = text.Trim().Split('/');
        if (parts.Length != MobileStage.Count + 1)
        {
            throw Malformed($"it has {parts.Length} parts joined by '/' where there must be {MobileStage.Count + 1}: the width and {MobileStage.Count} stages");
        }

        return parts[0].StartsWith('w') && parts[0].Skip(1).All(digit => char.IsAsciiDigit(digit) || digit == '.') && double.TryParse(parts[0].AsSpan(1), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double width)
            ? (width, [.. parts.Skip(1).Select(ParseStage)])
            : throw Malformed($"'{ShownText.Of(parts[0])}' is no width");

        MobileStage ParseStage(string stage)
        {
            bool hasSqueeze = stage.StartsWith(Squeeze, StringComparison.Ordinal);
            string[] blocks = (hasSqueeze ? stage[Squeeze.Length..] : stage).Split('-');
            return blocks.Length is >= MobileStage.LeastDepth and <= MobileStage.MostDepth
                ? new MobileStage(hasSqueeze, [.. blocks.Select(ParseBlock)])
                : throw Malformed($"'{ShownText.Of(stage)}' has {blocks.Length} blocks, and stages have {MobileStage.LeastDepth} to {MobileStage.MostDepth}");
        }

        (int Kernel, int Expansion) ParseBlock(string block) =>
            block is ['k', var kernel, 'e', var expansion] && MobileStage.Kernels.Contains(kernel - '0') && MobileStage.Expansions.Contains(expansion - '0')
                ? (kernel - '0', expansion - '0')
                : throw Malformed(
                    $"'{ShownText.Of(block)}' is no block: k is one of {string.Join(", ", MobileStage.Kernels)}, e one of {string.Join(", ", MobileStage.Expansions)}");

        ArchitectureFormatException Malformed(string reason) =>
            new($"'{ShownText.Of(text, ShownText.LineLength)}' is no architecture of {space}: {reason}. Write for example '{example}'.");
    }

    private static string Format(MobileStage stage) =>
        (stage.HasSqueeze ? Squeeze : "") + string.Join('-', stage.Blocks.Select(block => string.Create(CultureInfo.InvariantCulture, $"k{block.Kernel}e{block.Expansion}")));
}
