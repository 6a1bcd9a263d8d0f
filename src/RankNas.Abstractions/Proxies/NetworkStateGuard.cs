using TorchSharp.Modules;
using static TorchSharp.torch;

namespace RankNas;

/// <summary>Puts back a network's modes, its buffers, running statistics among them, and what takes gradients, on disposal.</summary>
internal sealed class NetworkStateGuard : IDisposable
{
    private readonly (nn.Module Module, bool Training)[] _modes;
    private readonly (Tensor Buffer, Tensor Saved)[] _buffers;
    private readonly (Parameter Parameter, bool TakesGradient)[] _parameters;

    public NetworkStateGuard(nn.Module network)
    {
        using IDisposable guard = no_grad();
        _modes = [.. network.modules().Prepend(network).Distinct().Select(module => (module, module.training))];
        _buffers = [.. network.buffers().Select(buffer => (buffer, buffer.clone().DetachFromDisposeScope()))];
        _parameters = [.. network.parameters().Select(parameter => (parameter, parameter.requires_grad))];
    }

    /// <summary>Has BatchNorm use batch statistics, yet nothing random happen: dropout and its like stay off.</summary>
    public void UseBatchStatistics()
    {
        _modes[0].Module.eval();
        foreach ((nn.Module normalization, _) in _modes.Where(saved => saved.Module is NormBase))
        {
            normalization.train();
        }
    }

    /// <summary>Has every parameter take gradients, frozen ones too.</summary>
    public void TakeGradients()
    {
        foreach ((Parameter parameter, _) in _parameters.Where(saved => !saved.TakesGradient && saved.Parameter.is_floating_point()))
        {
            parameter.requires_grad = true;
        }
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

        foreach ((Parameter parameter, _) in _parameters.Where(saved => saved.Parameter.requires_grad != saved.TakesGradient))
        {
            parameter.requires_grad = !parameter.requires_grad;
        }
    }
}
