using System.Runtime.CompilerServices;
using RankNas.Torch.Hooks;
using static TorchSharp.torch;

namespace RankNas.Proxies;

/// <summary>Has a network compute with the absolute values of all its tensors in float64, until disposal.</summary>
/// <remarks>
/// Parameters, buffers, and tensors that modules keep in fields without registering them: none may be left out, for libtorch refuses to multiply
/// numbers of two formats, and TorchSharp 0.107 ends the process where <c>matmul</c> refuses. The native halves of the tensors change places, so
/// that whoever holds one finds it, its gradient and its flags as they were.
/// </remarks>
internal sealed class PositiveTensors : IDisposable
{
    private readonly Dictionary<Tensor, Tensor> _others = new(ReferenceEqualityComparer.Instance);

    public PositiveTensors(nn.Module network)
    {
        try
        {
            foreach (Tensor own in TensorsOf(network).Where(tensor => !tensor.IsInvalid && tensor.is_floating_point()))
            {
                if (!_others.ContainsKey(own))
                {
                    using Tensor detached = own.detach();
                    using Tensor wide = detached.to(ScalarType.Float64);
                    Tensor absolute = wide.abs();
                    _others.Add(own, absolute);
                    (HandleOf(own), HandleOf(absolute)) = (HandleOf(absolute), HandleOf(own));
                }
            }
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Gets the tensor that stood in for one of the network's, once this is disposed.</summary>
    public Tensor StandInOf(Tensor own) => _others[own];

    public void Dispose()
    {
        foreach ((Tensor own, Tensor absolute) in _others)
        {
            (HandleOf(own), HandleOf(absolute)) = (HandleOf(absolute), HandleOf(own));
        }
    }

    private static IEnumerable<Tensor> TensorsOf(nn.Module network) =>
        [.. network.parameters(), .. network.buffers(), .. network.modules().Prepend(network).SelectMany(MatmulGuard.FieldsOf).Select(field => field.Tensor)];

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "handle")]
    private static extern ref IntPtr HandleOf(Tensor tensor);
}
