using static TorchSharp.torch;

namespace RankNas;

/// <summary>Puts back a network's modes and buffers, running statistics among them, on disposal.</summary>
internal sealed class NetworkStateGuard : IDisposable
{
    private readonly (nn.Module Module, bool Training)[] _modes;
    private readonly (Tensor Buffer, Tensor Saved)[] _buffers;

    public NetworkStateGuard(nn.Module network)
    {
        using IDisposable guard = no_grad();
        _modes = [.. network.modules().Prepend(network).Distinct().Select(module => (module, module.training))];
        _buffers = [.. network.buffers().Select(buffer => (buffer, buffer.clone().DetachFromDisposeScope()))];
    }

    public void Dispose()
    {
        using IDisposable guard = no_grad();

        // Parents come first, so that each child's own mode has the last word.
        foreach ((nn.Module module, bool training) in _modes)
        {
            module.train(training);
        }

        foreach ((Tensor buffer, Tensor saved) in _buffers)
        {
            buffer.copy_(saved);
            saved.Dispose();
        }
    }
}
