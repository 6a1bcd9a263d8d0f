using static TorchSharp.torch;

namespace RankNas.Training.Tests.Support;

internal static class Bits
{
    /// <summary>All weights and buffers of a network, bit by bit.</summary>
    public static string Of(nn.Module network) => string.Join('\n', network.Weights().OrderBy(pair => pair.Key, StringComparer.Ordinal)
        .Select(pair => $"{pair.Key} {Convert.ToHexString(pair.Value.detach().contiguous().bytes)}"));
}
