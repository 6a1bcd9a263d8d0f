using RankNas.Torch.Hooks;
using static TorchSharp.torch;

namespace RankNas.Proxies.Gradients;

/// <summary>Multiplies each channel of each image by a one wherever a convolution or a linear layer gives something out.</summary>
/// <remarks>The gradient by such a one, g with a → g · a, is Σ over space of a · ∂L/∂a.</remarks>
internal sealed class ChannelGates : IDisposable
{
    private readonly int _images;
    private readonly List<Tensor> _gates = [];
    private readonly LayerHooks _hooks;

    public ChannelGates(nn.Module network, int images)
    {
        _images = images;
        _hooks = LayerHooks.AttachInstead(network, LayerKinds.Convolution | LayerKinds.Linear, Pass);
    }

    /// <summary>Gets the gates passed so far, each the size of the output in images and channels, and 1 elsewhere.</summary>
    public IReadOnlyList<Tensor> All => _gates;

    public void Dispose()
    {
        _hooks.Dispose();
        _gates.ForEach(gate => gate.Dispose());
    }

    private Tensor Pass(LayerKinds kind, Tensor output)
    {
        // Convolutions give [N, C, …], linear layers [N, …, C].
        int channels = kind == LayerKinds.Convolution ? 1 : (int)output.dim() - 1;
        if (output.dim() < 2 || output.size(0) != _images)
        {
            throw new InvalidOperationException(
                $"Fisher needs one row for each of the {_images} images, and a layer gave [{string.Join(", ", output.Sizes())}].");
        }

        long[] shape = [.. Enumerable.Repeat(1L, (int)output.dim())];
        (shape[0], shape[channels]) = (_images, output.size(channels));

        // It outlives whatever scope the network opens while it runs.
        Tensor gate = ones(shape, dtype: output.dtype, device: output.device, requires_grad: true).DetachFromDisposeScope();
        _gates.Add(gate);
        using (output)
        {
            return output * gate;
        }
    }
}
