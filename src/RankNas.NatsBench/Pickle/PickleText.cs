using System.Numerics;
using System.Text;

namespace RankNas.NatsBench.Pickle;

/// <summary>Reads texts and the numbers that protocol 0 writes as text.</summary>
internal static class PickleText
{
    private const NumberStyles Decimal = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static string Utf8(byte[] bytes)
    {
        try
        {
            return StrictUtf8.GetString(bytes);
        }
        catch (DecoderFallbackException exception)
        {
            throw new FormatException("a text is not in UTF-8", exception);
        }
    }

    /// <summary>Reads Python's raw-unicode-escape: Latin-1 with <c>\uXXXX</c> and <c>\UXXXXXXXX</c>.</summary>
    public static string RawUnicode(byte[] line)
    {
        string text = Encoding.Latin1.GetString(line);
        var result = new StringBuilder(text.Length);
        for (int index = 0; index < text.Length; index++)
        {
            int digits = text[index] != '\\' || index + 1 == text.Length ? 0 : text[index + 1] switch { 'u' => 4, 'U' => 8, _ => 0 };
            if (digits == 0)
            {
                result.Append(text[index]);
                continue;
            }

            if (index + 2 + digits > text.Length
                || !int.TryParse(text.AsSpan(index + 2, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int code)
                || code is < 0 or > 0x10FFFF)
            {
                throw new FormatException("a text has a broken escape");
            }

            result.Append(code > char.MaxValue ? char.ConvertFromUtf32(code) : ((char)code).ToString());
            index += 1 + digits;
        }

        return result.ToString();
    }

    /// <summary>Reads an integer, or a truth value, which protocol 0 writes as 00 and 01.</summary>
    public static object Integer(byte[] line)
    {
        string text = Encoding.Latin1.GetString(line);
        string digits = text.EndsWith('L') ? text[..^1] : text;
        return text switch
        {
            "00" => false,
            "01" => true,
            _ => BigInteger.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out BigInteger integer)
                ? Shortest(integer)
                : throw new FormatException("an integer is none"),
        };
    }

    /// <summary>Reads a little-endian integer in two's complement.</summary>
    public static object Integer(ReadOnlySpan<byte> bytes) => Shortest(new BigInteger(bytes));

    public static double Number(byte[] line) => Encoding.Latin1.GetString(line) switch
    {
        "inf" => double.PositiveInfinity,
        "-inf" => double.NegativeInfinity,
        "nan" => double.NaN,
        var text => double.TryParse(text, Decimal, CultureInfo.InvariantCulture, out double number)
            ? number
            : throw new FormatException("a number is none"),
    };

    /// <summary>Reads a memo's index.</summary>
    public static uint Index(byte[] line) =>
        uint.TryParse(Encoding.Latin1.GetString(line), NumberStyles.None, CultureInfo.InvariantCulture, out uint index)
            ? index
            : throw new FormatException("a reference is no number");

    private static object Shortest(BigInteger integer) =>
        integer >= long.MinValue && integer <= long.MaxValue ? (object)(long)integer : integer;
}
