using System.Text;

namespace RankNas.NatsBench.Pickle;

/// <summary>Finds the Python objects that a file may name, and builds the values that Python would by calling them.</summary>
internal static class PickleGlobals
{
    /// <exception cref="FormatException">The object is not one of the few.</exception>
    public static PickleGlobal Find(string module, string name) => (module, name) switch
    {
        ("collections", "OrderedDict") => PickleGlobal.OrderedDict,
        ("builtins" or "__builtin__", "set") => PickleGlobal.Set,
        ("builtins" or "__builtin__", "frozenset") => PickleGlobal.FrozenSet,
        ("builtins" or "__builtin__", "bytes") => PickleGlobal.Bytes,
        ("builtins" or "__builtin__", "bytearray") => PickleGlobal.ByteArray,
        ("_codecs", "encode") => PickleGlobal.Encode,
        ("numpy", "dtype") => PickleGlobal.NumpyType,
        ("numpy.core.multiarray" or "numpy._core.multiarray", "scalar") => PickleGlobal.NumpyScalar,
        _ => throw Refuse($"{module}.{name}"),
    };

    /// <summary>Explains that the file wants to run something.</summary>
    public static FormatException Refuse(string what) => new(
        $"it asks Python to run '{ShownText.Of(what, ShownText.LineLength)}', which no file of the benchmark does; nothing was run, and Python would run it");

    public static object Build(PickleGlobal global, PickleTuple arguments, PickleStack stack, PickleInput input)
    {
        object?[] items = [.. arguments.Items];
        return (global, items) switch
        {
            (PickleGlobal.OrderedDict, []) => new PickleDictionary(),
            (PickleGlobal.OrderedDict, [List<object?> pairs]) => DictionaryOf(Charged(pairs, stack)),
            (PickleGlobal.Set, []) => new PickleSet(),
            (PickleGlobal.Set, [List<object?> elements]) => new PickleSet().AddRange(Charged(elements, stack)),
            (PickleGlobal.FrozenSet, []) => new PickleSet([]),
            (PickleGlobal.FrozenSet, [List<object?> elements]) => new PickleSet(Charged(elements, stack)),
            (PickleGlobal.Bytes or PickleGlobal.ByteArray, []) => Array.Empty<byte>(),
            (PickleGlobal.ByteArray, [byte[] bytes]) => bytes,
            (PickleGlobal.Encode or PickleGlobal.ByteArray, [string text, "latin1" or "latin-1"]) => Latin1Of(text, input),
            (PickleGlobal.NumpyType, [string code, ..]) => new NumpyType(code),
            (PickleGlobal.NumpyScalar, [NumpyType type, byte[] bytes]) => type.Read(bytes),
            _ => throw new FormatException($"it makes a value of the kind {global} in a way that is unknown"),
        };
    }

    // A list that is referred to again and again is copied each time.
    private static List<object?> Charged(List<object?> items, PickleStack stack)
    {
        stack.Charge(items.Count);
        return items;
    }

    private static PickleDictionary DictionaryOf(List<object?> pairs)
    {
        var dictionary = new PickleDictionary();
        foreach (object? pair in pairs)
        {
            (object? key, object? value) = pair switch
            {
                List<object?> { Count: 2 } list => (list[0], list[1]),
                PickleTuple { Items.Count: 2 } tuple => (tuple.Items[0], tuple.Items[1]),
                _ => throw new FormatException("it has an OrderedDict of what are no pairs"),
            };
            dictionary.Set(key, value);
        }

        return dictionary;
    }

    private static byte[] Latin1Of(string text, PickleInput input)
    {
        input.ChargeText((ulong)text.Length);
        return text.All(character => character <= byte.MaxValue)
            ? Encoding.Latin1.GetBytes(text)
            : throw new FormatException("it has bytes that are no bytes");
    }
}
