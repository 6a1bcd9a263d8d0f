using RankNas.Training.Optimizers;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace RankNas.Training;

/// <summary>A network's weights while it is trained: those that steps change, in float32, and those that it computes with, which may be copies in bfloat16.</summary>
internal sealed class NetworkWeights : IDisposable
{
    private readonly nn.Module<Tensor, Tensor> _network;
    private readonly bool _mixes;
    private readonly Dictionary<string, Parameter> _parameters;
    private readonly Dictionary<string, Tensor> _own = new(StringComparer.Ordinal);

    public NetworkWeights(nn.Module<Tensor, Tensor> network, TrainingOptions options)
    {
        _network = network;
        _mixes = options.Mixes;
        using IDisposable guard = no_grad();
        network.to(options.Device.ToTorch());
        if (_mixes)
        {
            ConvertAround(() =>
            {
                network.to(ScalarType.BFloat16);
                foreach (nn.Module normalization in network.modules().OfType<NormBase>())
                {
                    normalization.to(ScalarType.Float32);
                }
            });
        }

        _parameters = network.named_parameters().DistinctBy(named => named.name).ToDictionary(named => named.name, named => named.parameter, StringComparer.Ordinal);
        foreach ((string name, Tensor weight) in network.Weights())
        {
            _own.TryAdd(name, weight);
        }

        Trained = [.. _parameters.Where(pair => pair.Value.requires_grad).Select(pair => new TrainedWeight(
            pair.Key, _own[pair.Key], options.DecayNormalizationAndBias || pair.Value.dim() > 1 ? options.Decay : 0))];
    }

    /// <summary>Gets parameters and buffers by name; after changing them by hand, <see cref="Publish"/>.</summary>
    public IReadOnlyDictionary<string, Tensor> All => _own;

    /// <summary>Gets the parameters that steps change.</summary>
    public IReadOnlyList<TrainedWeight> Trained { get; }

    /// <summary>Gets the precision of the network's input.</summary>
    public ScalarType Precision => _mixes ? ScalarType.BFloat16 : ScalarType.Float32;

    /// <summary>Gets the gradient of each trained parameter, in float32; null where it has none.</summary>
    public IReadOnlyList<Tensor?> Gradients() => [.. Trained.Select(weight => _parameters[weight.Name].grad?.to(ScalarType.Float32))];

    /// <summary>Has the network compute with the weights as they are now.</summary>
    public void Publish()
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable guard = no_grad();
        foreach ((string name, Parameter parameter) in _mixes ? _parameters : [])
        {
            parameter.copy_(_own[name]);
        }
    }

    /// <summary>Tells whether all weights are finite.</summary>
    public bool AreFinite()
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable guard = no_grad();
        return _own.Values.Where(weight => weight.is_floating_point()).All(weight => weight.isfinite().all().item<bool>());
    }

    /// <summary>Leaves the network in float32, with the weights as they are now.</summary>
    public void Dispose()
    {
        if (!_mixes)
        {
            return;
        }

        using IDisposable guard = no_grad();
        foreach ((string name, Tensor buffer) in _network.named_buffers())
        {
            _own[name] = buffer.clone().DetachFromDisposeScope();
        }

        _network.to(ScalarType.Float32);
        using DisposeScope scope = NewDisposeScope();
        foreach ((string name, Tensor weight) in _network.Weights())
        {
            weight.copy_(_own[name]);
            _own[name].Dispose();
        }
    }

    // Parameters in float32 are kept beside the network's own; buffers, which it computes with in float32, get all of their digits back.
    private void ConvertAround(Action convert)
    {
        foreach ((string name, Tensor weight) in _network.Weights())
        {
            _own.Add(name, weight.detach().clone().DetachFromDisposeScope());
        }

        convert();
        using DisposeScope scope = NewDisposeScope();
        foreach ((string name, Tensor buffer) in _network.named_buffers())
        {
            buffer.copy_(_own[name]);
            _own[name].Dispose();
            _own[name] = buffer;
        }
    }
}
