using TorchSharp;
using static TorchSharp.torch;

namespace RankNas.Kernels;

/// <summary>Whether kernels of our own serve the calling thread. Without them, proxies are the tensor routines that a GPU runs.</summary>
internal static class KernelUse
{
    [ThreadStatic]
    private static bool _isOff;

    public static bool IsOn => !_isOff;

    /// <summary>Tells whether they can serve a tensor: one on the CPU.</summary>
    public static bool Serves(Tensor tensor) => IsOn && tensor.device_type == DeviceType.CPU;

    /// <summary>Turns them off until disposal, on this same thread.</summary>
    public static IDisposable Off()
    {
        var end = new End(_isOff);
        _isOff = true;
        return end;
    }

    private sealed class End(bool before) : IDisposable
    {
        public void Dispose() => _isOff = before;
    }
}
