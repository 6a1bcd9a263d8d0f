using System.Collections.Immutable;
using System.Globalization;
using System.Numerics;
using RankNas.Files;

namespace RankNas.SearchSpaces.Catalog;

/// <summary>The settings of a space as they were written.</summary>
/// <param name="values">The values by name.</param>
internal sealed class SettingValues(IReadOnlyDictionary<string, string> values)
{
    /// <summary>Reads a number; what stands for it where it was left out.</summary>
    /// <exception cref="FormatException">It is no number.</exception>
    public T? Number<T>(string name, T? byDefault)
        where T : struct, INumber<T> => values.TryGetValue(name, out string? text) ? Parse<T>(name, text) : byDefault;

    /// <summary>Reads numbers joined by plus signs; what stands for them where they were left out.</summary>
    /// <exception cref="FormatException">One is no number.</exception>
    public ImmutableArray<T> Numbers<T>(string name, ImmutableArray<T> byDefault)
        where T : struct, INumber<T> => values.TryGetValue(name, out string? text) ? [.. text.Split('+').Select(part => Parse<T>(name, part))] : byDefault;

    /// <summary>Reads one of several words.</summary>
    /// <exception cref="FormatException">It is none of them.</exception>
    public T Word<T>(string name, T byDefault)
        where T : struct, Enum => !values.TryGetValue(name, out string? text) ? byDefault
            : char.IsAsciiLetter(text[0]) && Enum.TryParse(text, ignoreCase: true, out T word) && Enum.IsDefined(word) ? word
            : throw new FormatException($"{name} is '{ShownText.Of(text)}': write one of {string.Join(", ", Enum.GetNames<T>().Select(one => one.ToLowerInvariant()))}.");

    /// <summary>Reads true or false; false where it was left out.</summary>
    /// <exception cref="FormatException">It is neither.</exception>
    public bool Flag(string name) => values.TryGetValue(name, out string? text)
        && (bool.TryParse(text, out bool flag) ? flag : throw new FormatException($"{name} is '{ShownText.Of(text)}': write true or false."));

    private static T Parse<T>(string name, string text)
        where T : struct, INumber<T> => T.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out T number) && text.All(digit => char.IsAsciiDigit(digit) || digit == '.')
            ? number
            : throw new FormatException($"{name} is '{ShownText.Of(text)}': write a {(typeof(T) == typeof(int) ? "whole " : "")}number.");
}
