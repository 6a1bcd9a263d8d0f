using static TorchSharp.torch;

namespace RankNas.Scoring;

/// <summary>Has a network's forward pass fail that returns no logits of the shape that its space promises.</summary>
internal sealed class LogitsCheck : IDisposable
{
    private readonly Action _remove;

    private LogitsCheck(Action remove) => _remove = remove;

    /// <summary>Checks every pass of a network until disposal.</summary>
    public static LogitsCheck On(nn.Module<Tensor, Tensor> network, NetworkShape shape) =>
        new(network.register_forward_hook((_, images, logits) => Check(images, logits, shape.Classes)).remove);

    public void Dispose() => _remove();

    private static Tensor Check(Tensor images, Tensor? logits, int classes) => logits switch
    {
        null => throw new InvalidOperationException("It returned null."),
        _ when images.dim() > 0 && (logits.dim() != 2 || logits.size(0) != images.size(0) || logits.size(1) != classes) =>
            throw new InvalidOperationException(
                $"It returned [{string.Join(", ", logits.Sizes())}] where logits are [{images.size(0)}, {classes}], a row for each image."),
        _ => logits,
    };
}
