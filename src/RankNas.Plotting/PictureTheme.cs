namespace RankNas.Plotting;

/// <summary>The colours of plots and drawings, each written <c>#rrggbb</c>.</summary>
public sealed record PictureTheme
{
    /// <summary>Gets dark lines on white.</summary>
    public static PictureTheme Light { get; } = new();

    /// <summary>Gets bright lines on a dark background.</summary>
    public static PictureTheme Dark { get; } = new()
    {
        Background = "#0d1117",
        Text = "#e6edf3",
        Muted = "#9198a1",
        Lines = "#3d444d",
        Primary = "#58a6ff",
        Secondary = "#56d364",
        Accent = "#ffa657",
        Tertiary = "#d2a8ff",
    };

    /// <summary>Gets the background colour.</summary>
    /// <value>The default is <c>#ffffff</c>.</value>
    public string Background { get; init => field = Checked(value, nameof(Background)); } = "#ffffff";

    /// <summary>Gets the colour of titles, labels and axes.</summary>
    /// <value>The default is <c>#1f2328</c>.</value>
    public string Text { get; init => field = Checked(value, nameof(Text)); } = "#1f2328";

    /// <summary>Gets the muted colour: of notes, and of edges without an operation.</summary>
    /// <value>The default is <c>#59636e</c>.</value>
    public string Muted { get; init => field = Checked(value, nameof(Muted)); } = "#59636e";

    /// <summary>Gets the colour of grids and frames.</summary>
    /// <value>The default is <c>#d1d9e0</c>.</value>
    public string Lines { get; init => field = Checked(value, nameof(Lines)); } = "#d1d9e0";

    /// <summary>Gets the colour of data, and of 3×3 convolutions in drawings.</summary>
    /// <value>The default is <c>#0969da</c>.</value>
    public string Primary { get; init => field = Checked(value, nameof(Primary)); } = "#0969da";

    /// <summary>Gets the colour of 1×1 convolutions, and of the stem, in drawings.</summary>
    /// <value>The default is <c>#1a7f37</c>.</value>
    public string Secondary { get; init => field = Checked(value, nameof(Secondary)); } = "#1a7f37";

    /// <summary>Gets the accent colour, such as of the best so far, and of skip connections and reductions in drawings.</summary>
    /// <value>The default is <c>#bc4c00</c>.</value>
    public string Accent { get; init => field = Checked(value, nameof(Accent)); } = "#bc4c00";

    /// <summary>Gets the colour of pooling in drawings.</summary>
    /// <value>The default is <c>#8250df</c>.</value>
    public string Tertiary { get; init => field = Checked(value, nameof(Tertiary)); } = "#8250df";

    private static string Checked(string value, string name) =>
        value is { Length: 7 } && value[0] == '#' && value.Skip(1).All(char.IsAsciiHexDigit)
            ? value.ToLowerInvariant()
            : throw new ArgumentException($"{name} is '{value}': write a colour as #rrggbb, such as #0969da.", name);
}
