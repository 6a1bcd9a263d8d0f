using System.Collections.Frozen;
using RankNas.Torch.Hooks;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace RankNas.Proxies.Gradients;

/// <summary>Has each BatchNorm normalise by the statistics of the batch, held constant: its gradients do not pass from one image to another.</summary>
internal sealed class FrozenStatistics : IDisposable
{
    private static readonly FrozenSet<string> Functions = ["batch_norm"];

    private readonly Action[] _removals;

    public FrozenStatistics(nn.Module network)
    {
        BatchNorm[] layers = [.. network.modules().Prepend(network).Distinct().OfType<BatchNorm>()];
        foreach (BatchNorm layer in layers)
        {
            // What its own pass gives is thrown away: it takes the running statistics, which costs least.
            layer.eval();
        }

        _removals = [.. layers.Select(layer => (Action)layer.register_forward_hook((_, input, output) => Normalize(layer, input, output)).remove)];
    }

    /// <summary>Finds a BatchNorm that ran where it could not be held, after a pass.</summary>
    public static string? FindUnseen(CallLog calls) => calls.FindUnseen(module => module is BatchNorm)
        ?? (calls.FindFunction(Functions) is { } function ? $"{function}: use a module" : null);

    public void Dispose() => Array.ForEach(_removals, remove => remove());

    private static Tensor Normalize(BatchNorm layer, Tensor input, Tensor output)
    {
        output.Dispose();
        using DisposeScope scope = NewDisposeScope();
        Tensor constant = input.detach();
        long[] images = [.. Enumerable.Range(0, (int)input.dim()).Where(dimension => dimension != 1)];
        Tensor mean = constant.mean(images);
        Tensor variance = constant.var(images, unbiased: false);
        return nn.functional.batch_norm(input, mean, variance, layer.weight, layer.bias, training: false, momentum: 0, eps: layer.eps).MoveToOuterDisposeScope();
    }
}
