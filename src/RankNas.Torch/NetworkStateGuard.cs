using TorchSharp.Modules;

namespace RankNas.Torch;

/// <summary>Saves and restores the state of a network: its modes, its buffers (including running statistics), and <c>requires_grad</c> of its parameters.</summary>
/// <remarks>
/// A forward pass in training mode changes the running statistics of BatchNorm layers, and dropout draws random numbers. A proxy that
/// runs a network uses a guard, so that the network does not change for later proxies. Weights are not saved: do not change them.
/// Do not guard one network on two threads at the same time.
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

    /// <summary>Saves a network's state.</summary>
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
    /// Makes normalisations use the statistics of the batch, as in training, while dropout and similar layers stay off. Use it to score
    /// untrained networks, which have no running statistics yet.
    /// </summary>
    public void UseBatchStatistics()
    {
        _modes[0].Module.eval();
        foreach ((nn.Module normalization, _) in _modes.Where(saved => saved.Module is NormBase))
        {
            normalization.train();
        }
    }

    /// <summary>Sets <c>requires_grad</c> of every floating-point parameter, including frozen ones.</summary>
    public void TakeGradients()
    {
        foreach ((Parameter parameter, _) in _parameters.Where(saved => !saved.TakesGradient && saved.Parameter.is_floating_point()))
        {
            parameter.requires_grad = true;
        }
    }

    /// <summary>Restores the state.</summary>
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
