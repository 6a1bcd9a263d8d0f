namespace RankNas.Tool.Arguments;

/// <summary>An option for the images' size in pixels: one number for squares, or height x width.</summary>
internal sealed class ImageSizeOption : Option<(int Height, int Width)>, IExplainedOption
{
    private const int Largest = 4096;

    public ImageSizeOption(string name, string description)
        : base(name)
    {
        Description = description;
        HelpName = "N|HxW";
        DefaultValueFactory = _ => (32, 32);
        CustomParser = result =>
        {
            string text = result.Tokens.Count == 1 ? result.Tokens[0].Value : "";
            string[] sides = text.Split('x');
            if (sides.Length is 1 or 2 && TryParse(sides[0], out int height) && TryParse(sides[^1], out int width))
            {
                return (height, width);
            }

            result.AddError($"{name} is '{text}': write one number for squares or height x width, each from 1 to {Largest}, such as {name} 32 or {name} 48x64.");
            return (32, 32);
        };
    }

    public string Example => "48x64";

    private static bool TryParse(string text, out int side) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out side) && side is >= 1 and <= Largest;
}
