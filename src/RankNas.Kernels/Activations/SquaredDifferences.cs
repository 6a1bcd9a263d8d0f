using RankNas.Proxies;
using RankNas.Torch;
using TorchSharp;
using static TorchSharp.torch;

namespace RankNas.Kernels.Activations;

/// <summary>A sum of mean squared differences. On a GPU it stays there until it is asked for: to read a number waits for all that was begun.</summary>
internal sealed class SquaredDifferences : IDisposable
{
    private double _sum;
    private Tensor? _onDevice;

    /// <summary>Adds uses · mean((b − a)²).</summary>
    public void Add(Tensor a, Tensor b, int uses)
    {
        if (KernelUse.IsOn && MeanSquare.TryOfDifference(a, b) is { } mean)
        {
            _sum += uses * mean;
            return;
        }

        using DisposeScope scope = NewDisposeScope();
        Tensor added = nn.functional.mse_loss(Wide(b), Wide(a)).to(ScalarType.Float64).Times(uses);
        if (_onDevice is null)
        {
            _onDevice = added.DetachFromDisposeScope();
        }
        else
        {
            _onDevice.AddInPlace(added);
        }
    }

    /// <summary>Gets the sum.</summary>
    public double Total() => _sum + (_onDevice?.ReadNumber() ?? 0);

    public void Dispose() => _onDevice?.Dispose();

    private static Tensor Wide(Tensor tensor) => tensor.dtype == ScalarType.Float64 ? tensor : tensor.to(ScalarType.Float32);
}
