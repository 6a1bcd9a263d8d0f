using System.CommandLine;
using System.Globalization;
using System.Numerics;

namespace RankNas.Tool.Arguments;

/// <summary>An option that takes a number within bounds.</summary>
internal sealed class NumberOption<T> : Option<T>, IExplainedOption
    where T : struct, INumber<T>, IMinMaxValue<T>
{
    public NumberOption(string name, string description, T byDefault, T? smallest = null, T? largest = null)
        : base(name)
    {
        Description = description;
        DefaultValueFactory = _ => byDefault;
        T least = smallest ?? T.MinValue;
        T most = largest ?? T.MaxValue;
        CustomParser = result =>
        {
            string text = result.Tokens.Count == 1 ? result.Tokens[0].Value : "";
            if (T.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out T value) && value >= least && value <= most)
            {
                return value;
            }

            string kind = typeof(T) == typeof(double) ? "a number" : "a whole number";
            string range = smallest is null ? "" : largest is null ? $" from {least}" : $" from {least} to {most}";
            result.AddError($"{name} is '{text}': write {kind}{range}, such as {name} {byDefault.ToString(null, CultureInfo.InvariantCulture)}.");
            return byDefault;
        };
    }
}
