using TorchSharp.Modules;
using static TorchSharp.torch;

namespace RankNas.Torch;

/// <summary>Lets a network be used and leaves it as it was: its modes, its buffers, running statistics among them, and which parameters take gradients.</summary>
/// <remarks>
/// A pass through a network in training mode changes the running statistics of its BatchNorm layers and draws for its dropout. A proxy that
/// calls a network holds one of these for as long, so that the network is the same for whoever comes next. Weights are not kept: change none.
/// One network must not be guarded on two threads at once.
/// </remarks>
/// <example>
/// <code>
/// using var state = new NetworkStateGuard(network);
/// state.UseBatchStatistics();
/// using Tensor logits = network.call(batch.Images);
/// </code>
/// </example>
public sealed class NetworkStateGuard : IDisposable
{
    private readonly (nn.Module Module, bool Training)[] _modes;
    private readonly (Tensor Buffer, Tensor Saved)[] _buffers;
    private readonly (Parameter Parameter, bool TakesGradient)[] _parameters;
    private bool _isOver;

    /// <summary>Takes note of a network's state.</summary>
    /// <param name="network">The network, on any device; its buffers are copied, its weights are not.</param>
    /// <exception cref="ArgumentNullException"><paramref name="network"/> is null.</exception>
    public NetworkStateGuard(nn.Module network)
    {
        ArgumentNullException.ThrowIfNull(network);
        using IDisposable guard = no_grad();
        _modes = [.. network.modules().Prepend(network).Distinct().Select(module => (module, module.training))];
        _buffers = [.. network.buffers().Select(buffer => (buffer, buffer.clone().DetachFromDisposeScope()))];
        _parameters = [.. network.parameters().Select(parameter => (parameter, parameter.requires_grad))];
    }

    /// <summary>
    /// Has normalisations use the statistics of the batch at hand, as in training, yet nothing random happen: dropout and its like stay off. It is what an
    /// untrained network is scored with, for it has no running statistics yet.
    /// </summary>
    public void UseBatchStatistics()
    {
        _modes[0].Module.eval();
        foreach ((nn.Module normalization, _) in _modes.Where(saved => saved.Module is NormBase))
        {
            normalization.train();
        }
    }

    /// <summary>Has every floating-point parameter take gradients, frozen ones too.</summary>
    public void TakeGradients()
    {
        foreach ((Parameter parameter, _) in _parameters.Where(saved => !saved.TakesGradient && saved.Parameter.is_floating_point()))
        {
            parameter.requires_grad = true;
        }
    }

    /// <summary>Puts everything back.</summary>
    public void Dispose()
    {
        if (_isOver)
        {
            return;
        }

        _isOver = true;
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

        foreach ((Parameter parameter, _) in _parameters.Where(saved => saved.Parameter.requires_grad != saved.TakesGradient))
        {
            parameter.requires_grad = !parameter.requires_grad;
        }
    }
}
