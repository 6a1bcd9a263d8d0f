namespace RankNas.Tool.Arguments;

/// <summary>An option that takes a short time, such as <c>5ms</c> or <c>0.2s</c>.</summary>
internal sealed class LatencyOption : Option<TimeSpan>, IExplainedOption
{
    private static readonly (string Unit, double Seconds)[] Units = [("ms", 1e-3), ("us", 1e-6), ("s", 1)];

    public LatencyOption(string name, string description)
        : base(name)
    {
        Description = description;
        HelpName = "TIME";
        CustomParser = result =>
        {
            string text = result.Tokens.Count == 1 ? result.Tokens[0].Value : "";
            foreach ((string unit, double seconds) in Units.Where(one => text.EndsWith(one.Unit, StringComparison.Ordinal)))
            {
                if (double.TryParse(text.AsSpan(0, text.Length - unit.Length), NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && value * seconds is > 1e-7 and < 3600)
                {
                    return TimeSpan.FromSeconds(value * seconds);
                }
            }

            result.AddError($"{name} is '{text}': write a time with its unit, ms, us or s, such as {name} {Example}.");
            return default;
        };
    }

    public string Example => "5ms";
}
