using static TorchSharp.torch;

namespace RankNas.Weights;

/// <summary>The dtypes of a tensor file, by their names there.</summary>
internal static class TensorFormat
{
    private static readonly ImmutableArray<(string Name, ScalarType Type, int Bytes)> All =
    [
        ("F64", ScalarType.Float64, 8), ("F32", ScalarType.Float32, 4), ("F16", ScalarType.Float16, 2), ("BF16", ScalarType.BFloat16, 2),
        ("I64", ScalarType.Int64, 8), ("I32", ScalarType.Int32, 4), ("I16", ScalarType.Int16, 2), ("I8", ScalarType.Int8, 1),
        ("U8", ScalarType.Byte, 1), ("BOOL", ScalarType.Bool, 1),
    ];

    public static (string Name, ScalarType Type, int Bytes)? Named(string? name) => Find(format => format.Name == name);

    public static (string Name, ScalarType Type, int Bytes)? Of(ScalarType type) => Find(format => format.Type == type);

    private static (string Name, ScalarType Type, int Bytes)? Find(Func<(string Name, ScalarType Type, int Bytes), bool> isWanted)
    {
        foreach ((string Name, ScalarType Type, int Bytes) format in All)
        {
            if (isWanted(format))
            {
                return format;
            }
        }

        return null;
    }
}
