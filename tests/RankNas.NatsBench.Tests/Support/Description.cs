using System.Globalization;
using System.Numerics;
using System.Text;
using RankNas.NatsBench.Pickle;

namespace RankNas.NatsBench.Tests.Support;

/// <summary>Writes a pickle's value as the Python script <see cref="Python.Describe"/> does: with type, and to the last bit.</summary>
internal static class Description
{
    public static string Of(object? value) => value switch
    {
        null => "N",
        bool truth => truth ? "T" : "F",
        long integer => "i" + integer.ToString(CultureInfo.InvariantCulture),
        BigInteger integer => "i" + integer.ToString(CultureInfo.InvariantCulture),
        double.NaN => "fnan",
        double number => "f" + BitConverter.DoubleToUInt64Bits(number).ToString("x16", CultureInfo.InvariantCulture),
        string text => "s" + Convert.ToHexStringLower(Encoding.BigEndianUnicode.GetBytes(text)),
        byte[] bytes => "b" + Convert.ToHexStringLower(bytes),
        List<object?> list => $"[{string.Join(',', list.Select(Of))}]",
        PickleTuple tuple => $"({string.Join(',', tuple.Items.Select(Of))})",
        PickleDictionary dictionary => $"{{{string.Join(',', dictionary.Items.Select(item => $"{Of(item.Key)}:{Of(item.Value)}"))}}}",
        PickleSet set => $"<{string.Join(',', set.Items.Select(Of).Order(StringComparer.Ordinal))}>",
        _ => throw new ArgumentException($"{value.GetType()} is no data."),
    };
}
