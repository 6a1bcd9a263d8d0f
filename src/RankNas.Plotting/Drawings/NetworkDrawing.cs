using System.Xml.Linq;

namespace RankNas;

/// <summary>Draws a network from left to right: each block as high as its resolution and as deep as it has channels.</summary>
internal static class NetworkDrawing
{
    private const double Height = 250;
    private const double Middle = 112;
    private const double Tallest = 130;
    private const double Gap = 34;
    private const double Side = 24;

    public static XElement Draw(NetworkPlan plan, NetworkShape shape, PictureTheme theme)
    {
        List<Block> blocks = BlocksOf(plan, shape, theme);
        var content = new List<XElement>();
        double x = Side;
        double left = 0;
        foreach (Block block in blocks)
        {
            double column = Math.Max(block.Depth, block.LabelWidth);
            double start = x + (column - block.Depth) / 2;
            if (left > 0)
            {
                content.Add(SvgCanvas.Path($"M{SvgCanvas.Text(left + 6)} {Middle}L{SvgCanvas.Text(start - 10)} {Middle}", theme.Muted, 2));
                content.Add(SvgCanvas.Area(
                    $"M{SvgCanvas.Text(start - 4)} {Middle}L{SvgCanvas.Text(start - 12)} {Middle - 5}L{SvgCanvas.Text(start - 12)} {Middle + 5}Z", theme.Muted));
            }

            Add(content, block, start, x + column / 2, theme);
            left = start + block.Depth;
            x += column + Gap;
        }

        string title = "Network: " + string.Join(", then ", blocks.Select(block => $"{block.Name} {block.Detail} {block.Size}".TrimEnd()));
        return SvgCanvas.Root(x - Gap + Side, Height, title, theme, content);
    }

    private static void Add(List<XElement> content, Block block, double x, double center, PictureTheme theme)
    {
        double part = (block.Depth - (block.Copies - 1) * Block.Slit) / block.Copies;
        for (int copy = 0; copy < block.Copies; copy++)
        {
            content.Add(SvgCanvas.Rectangle(
                x + copy * (part + Block.Slit), Middle - block.Tall / 2, part, block.Tall, block.IsFilled ? block.Color : theme.Background, block.Color, radius: 3));
        }

        content.Add(SvgCanvas.Label(center, Height - 50, block.Name, 14, theme.Text, bold: true));
        content.Add(SvgCanvas.Label(center, Height - 31, block.Detail, 13, theme.Text));
        content.Add(SvgCanvas.Label(center, Height - 13, block.Size, 13, theme.Muted));
    }

    private static List<Block> BlocksOf(NetworkPlan plan, NetworkShape shape, PictureTheme theme)
    {
        (int height, int width) = (shape.Height, shape.Width);
        string Size() => FormattableString.Invariant($"{height}×{width}");
        double Tall() => Math.Max(26, Tallest * height / shape.Height);
        List<Block> blocks =
        [
            new("images", Number(shape.Channels, "channel"), Size(), theme.Muted, false, shape.Channels, 1, Tall()),
            new("stem", $"conv 3×3, {plan.StemChannels}", Size(), theme.Secondary, true, plan.StemChannels, 1, Tall()),
        ];
        for (int stage = 0; stage < plan.Stages.Length;)
        {
            StagePlan first = plan.Stages[stage];
            int same = plan.Stages.Skip(stage).TakeWhile(other => other == first).Count();
            if (first.Cell is null)
            {
                same = 1;

                // A stride of 2 rounds up.
                (height, width) = ((height + 1) / 2, (width + 1) / 2);
            }

            string channels = first.InChannels == first.OutChannels
                ? Number(first.OutChannels, "channel")
                : $"{first.InChannels} → {first.OutChannels}";
            blocks.Add(first.Cell is null
                ? new Block("reduction", channels, Size(), theme.Accent, true, first.OutChannels, 1, Tall())
                : new Block(same == 1 ? "cell" : $"{same} cells", channels, Size(), theme.Primary, true, first.OutChannels, same, Tall()));
            stage += same;
        }

        blocks.Add(new Block("pooling", "BN, ReLU, mean", "1×1", theme.Tertiary, true, plan.LastChannels, 1, 26));
        blocks.Add(new Block("classifier", "linear", Number(shape.Classes, "class", "es"), theme.Muted, false, shape.Classes, 1, 60));
        return blocks;
    }

    private static string Number(int count, string noun, string plural = "s") =>
        FormattableString.Invariant($"{count} {noun}{(count == 1 ? "" : plural)}");

    private sealed record Block(string Name, string Detail, string Size, string Color, bool IsFilled, int Channels, int Copies, double Tall)
    {
        public const double Slit = 3;

        /// <summary>Gets how wide the block is drawn: wide networks stay on the page.</summary>
        public double Depth => Copies * Math.Clamp(6 + Channels / 4.0, 8, 40) + (Copies - 1) * Slit;

        /// <summary>Gets about how wide the text below is.</summary>
        public double LabelWidth => 7.4 * Math.Max(Name.Length, Math.Max(Detail.Length, Size.Length));
    }
}
