using TorchSharp;
using static TorchSharp.torch;

namespace RankNas.Reproduction.Pruning;

/// <summary>Counts the linear regions that inputs lie in: two lie in one if every ReLU is on for both or off for both.</summary>
internal static class LinearRegions
{
    /// <summary>Counts them.</summary>
    /// <param name="network">A network that gives what every ReLU gives, <c>[N, activations]</c>.</param>
    /// <param name="batches">The inputs; BatchNorm's statistics are those of a batch.</param>
    public static int Count(nn.Module<Tensor, Tensor> network, IEnumerable<Tensor> batches)
    {
        var patterns = new HashSet<string>(StringComparer.Ordinal);
        using IDisposable guard = no_grad();
        network.train();
        foreach (Tensor batch in batches)
        {
            using DisposeScope scope = NewDisposeScope();
            Tensor activations = network.call(batch);
            int size = (int)activations.size(1);
            float[] values = activations.contiguous().data<float>().ToArray();
            char[] pattern = new char[size];
            for (int first = 0; first < values.Length; first += size)
            {
                for (int unit = 0; unit < size; unit++)
                {
                    pattern[unit] = values[first + unit] > 0 ? '1' : '0';
                }

                patterns.Add(new string(pattern));
            }
        }

        return patterns.Count;
    }
}
