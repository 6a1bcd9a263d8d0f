using static TorchSharp.torch;

namespace RankNas.Scoring;

internal static class PrecisionExtensions
{
    public static ScalarType ToScalarType(this Precision precision) => precision switch
    {
        Precision.Float64 => ScalarType.Float64,
        Precision.BFloat16 => ScalarType.BFloat16,
        _ => ScalarType.Float32,
    };

    /// <summary>The name in stores and on the command line.</summary>
    public static string ToId(this Precision precision) => precision switch
    {
        Precision.Float64 => "float64",
        Precision.BFloat16 => "bfloat16",
        _ => "float32",
    };
}
