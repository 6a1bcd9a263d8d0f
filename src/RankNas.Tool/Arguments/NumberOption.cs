using System.Numerics;

namespace RankNas.Tool.Arguments;

/// <summary>An option that takes a number within bounds.</summary>
internal sealed class NumberOption<T> : Option<T>, IExplainedOption, INumberOption
    where T : struct, INumber<T>, IMinMaxValue<T>
{
    public NumberOption(string name, string description, T byDefault, T least, T most, T? example = null)
        : base(name)
    {
        Description = description;
        HelpName = "N";
        DefaultValueFactory = _ => byDefault;
        Example = (example ?? byDefault).ToString(null, CultureInfo.InvariantCulture);
        Least = least.ToString(null, CultureInfo.InvariantCulture);
        Most = most.ToString(null, CultureInfo.InvariantCulture);
        CustomParser = result =>
        {
            string text = result.Tokens.Count == 1 ? result.Tokens[0].Value : "";
            if (TryParse(text, out T value) && value >= least && value <= most)
            {
                return value;
            }

            string kind = IsWhole ? "a whole number" : "a number";
            result.AddError(string.Create(
                CultureInfo.InvariantCulture, $"{name} is '{text}': write {kind} from {least} to {most}, such as {name} {Example}."));
            return byDefault;
        };
    }

    public string Example { get; }

    public bool IsWhole => typeof(T) != typeof(double);

    public string Least { get; }

    public string Most { get; }

    // 300k is 300,000, 1.5M is 1,500,000.
    private static bool TryParse(string text, out T value)
    {
        if (T.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value))
        {
            return true;
        }

        double unit = text.Length < 2 ? 0 : text[^1] switch
        {
            'k' or 'K' => 1e3,
            'm' or 'M' => 1e6,
            'g' or 'G' => 1e9,
            _ => 0,
        };
        if (unit == 0 || !double.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.Float, CultureInfo.InvariantCulture, out double units)
            || units * unit is var number && (number != Math.Round(number) || Math.Abs(number) > 1e15))
        {
            return false;
        }

        value = T.CreateSaturating(number);
        return true;
    }

    /// <summary>Makes an option that is not given by default; its value is then 0.</summary>
    public static NumberOption<T> WithoutDefault(string name, string description, T least, T most, T example) =>
        new(name, description, T.Zero, least, most, example) { DefaultValueFactory = null };
}
