using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace RankNas.Proxies.Tests.Gradients;

/// <summary>A small network in float64 and a labelled batch that a program in PyTorch makes too, from whole numbers.</summary>
/// <remarks>
/// <code>
/// def fill(t, seed):
///     i = torch.arange(t.numel())
///     return (((7 * i * i + 37 * i + 101 * seed) % 257) / 128 - 1).to(torch.float64).reshape(t.shape)
/// net = nn.Sequential(nn.Conv2d(2, 4, 3, padding=1, bias=False), nn.BatchNorm2d(4), nn.Tanh(),
///     nn.Conv2d(4, 6, 3, stride=2, padding=1, groups=2), nn.BatchNorm2d(6), nn.Softplus(),
///     nn.Conv2d(6, 5, (2, 1), dilation=2), nn.Tanh(), nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(5, 4))
/// for s, p in enumerate(net.parameters()): p.copy_(fill(p, s + 1))
/// images, labels = fill(torch.empty(7, 2, 8, 8), 99), torch.tensor([0, 1, 2, 3, 0, 2, 1])
/// W = [m.weight for m in net if isinstance(m, (nn.Conv2d, nn.Linear))]
/// </code>
/// </remarks>
internal sealed class PythonCase : IDisposable
{
    public PythonCase()
    {
        using DisposeScope scope = NewDisposeScope();
        Network = nn.Sequential(
            nn.Conv2d(2, 4, 3, padding: 1, bias: false), nn.BatchNorm2d(4), nn.Tanh(),
            nn.Conv2d(4, 6, 3, stride: 2, padding: 1, groups: 2), nn.BatchNorm2d(6), nn.Softplus(),
            nn.Conv2d(6, 5, (2, 1), dilation: (2, 2)), nn.Tanh(), nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(5, 4));
        Network.to(ScalarType.Float64);
        using (no_grad())
        {
            long seed = 0;
            foreach (Parameter parameter in Network.parameters())
            {
                parameter.copy_(Fill(++seed, parameter.shape));
            }
        }

        Batch = new ProbeBatch(Fill(99, 7, 2, 8, 8), tensor(new long[] { 0, 1, 2, 3, 0, 2, 1 }));
    }

    public Sequential Network { get; }

    public ProbeBatch Batch { get; }

    public void Dispose()
    {
        Batch.Dispose();
        Network.Dispose();
    }

    private static Tensor Fill(long seed, params long[] shape)
    {
        long count = shape.Aggregate(1L, (product, size) => product * size);
        double[] values = [.. Enumerable.Range(0, (int)count).Select(index => (((7L * index * index) + (37L * index) + (101 * seed)) % 257 / 128.0) - 1)];
        return tensor(values, shape);
    }
}
