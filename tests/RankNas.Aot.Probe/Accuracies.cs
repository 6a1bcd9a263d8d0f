using RankNas.NatsBench;
using RankNas.SearchSpaces;

namespace RankNas.Aot.Probe;

/// <summary>What a table or the official files know of a few architectures.</summary>
internal static class Accuracies
{
    private static readonly string[] Architectures =
    [
        "|avg_pool_3x3~0|+|nor_conv_1x1~0|skip_connect~1|+|nor_conv_1x1~0|skip_connect~1|skip_connect~2|",
        "|nor_conv_3x3~0|+|nor_conv_3x3~0|avg_pool_3x3~1|+|none~0|nor_conv_3x3~1|avg_pool_3x3~2|",
    ];

    public static void Print(IAccuracyBenchmark benchmark, ISearchSpace space)
    {
        foreach (string text in Architectures)
        {
            Architecture architecture = space.Parse(text);
            foreach ((string dataSet, Accuracy accuracy) in benchmark.Find(architecture) ?? throw new InvalidOperationException($"{text} is not there."))
            {
                Console.WriteLine($"{benchmark.IndexOf(architecture)} {dataSet} {accuracy.Validation:R} {accuracy.Test:R}");
            }
        }
    }
}
