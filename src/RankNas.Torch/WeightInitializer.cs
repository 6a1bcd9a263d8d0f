using RankNas.Graphs.Operations;
using RankNas.Initialization;
using RankNas.Proxies;
using RankNas.Torch.Modules;
using TorchSharp.Modules;

namespace RankNas.Torch;

/// <summary>Sets the weights of a network from a seed, in place, in any dtype and on any device.</summary>
public abstract class WeightInitializer
{
    /// <summary>Gets PyTorch's own defaults: weights and biases uniform in ±1/√fan_in, BatchNorm weight 1 and bias 0.</summary>
    public static WeightInitializer Default { get; } = new DefaultInitializer();

    /// <summary>Gets Kaiming-scaled uniform weights from SplitMix64, the same on every runtime and in every language; biases 0.</summary>
    public static WeightInitializer SplitMix { get; } = new SplitMixInitializer();

    /// <summary>Gets the name, part of each stored score's key.</summary>
    public abstract string Id { get; }

    /// <summary>Sets every parameter of the network. The global random generator is not used.</summary>
    /// <param name="network">The network; parameters shared between modules are set once.</param>
    /// <param name="seed">The seed; equal seeds give equal weights on every device.</param>
    public abstract void Initialize(nn.Module network, WeightSeed seed);

    /// <summary>Sets every parameter of the network from a plain seed.</summary>
    public void Initialize(nn.Module network, long seed) => Initialize(network, new WeightSeed(seed));

    /// <summary>Gets whether weights are set the same without layers.</summary>
    internal virtual bool ReadsGraphs => false;

    /// <summary>Sets every weight of a network as if it had layers.</summary>
    internal virtual void InitializeWithoutLayers(GraphWeights network, WeightSeed seed) => throw new NotSupportedException($"The initialiser '{Id}' needs layers.");

    private static long FanIn(Tensor weight) => weight.numel() / weight.size(0);

    private static void Fill(Tensor parameter, double value)
    {
        using Scalar held = value;
        parameter.fill_(held);
    }

    private static bool IsNormalization(nn.Module module) => module is NormBase or LayerNorm or GroupNorm;

    private static bool IsNormalization(GraphTree place) => place.Layer?.Operation is BatchNormOperation or LayerNormOperation;

    private sealed class DefaultInitializer : WeightInitializer
    {
        public override string Id => "default";

        internal override bool ReadsGraphs => true;

        public override void Initialize(nn.Module network, WeightSeed seed)
        {
            ArgumentNullException.ThrowIfNull(network);
            Initialize(network.modules().Prepend(network).Distinct().Select(module => (
                IsNormalization(module), module.named_parameters(recurse: false).Select(named => (named.name, (Tensor)named.parameter)))), seed);
        }

        internal override void InitializeWithoutLayers(GraphWeights network, WeightSeed seed) => Initialize(GraphTree.Of(network.Graph).All().Select(place => (
            IsNormalization(place), place.Parameters.Select(parameter => (GraphTree.NameOf(parameter.Name), network.Weight(parameter.Name))))), seed);

        private static void Initialize(IEnumerable<(bool IsNormalization, IEnumerable<(string Name, Tensor Parameter)> Parameters)> layers, WeightSeed seed)
        {
            using DisposeScope scope = NewDisposeScope();
            using IDisposable guard = no_grad();
            using var generator = new Generator((ulong)seed.Derive(), CPU);
            foreach ((bool isNormalization, IEnumerable<(string Name, Tensor Parameter)> parameters) in layers)
            {
                double bound = 0;
                foreach ((string name, Tensor parameter) in parameters)
                {
                    if (isNormalization)
                    {
                        Fill(parameter, name == "weight" ? 1 : 0);
                    }
                    else if (parameter.dim() >= 2)
                    {
                        bound = 1 / Math.Sqrt(FanIn(parameter));
                        FillUniform(parameter, bound, generator);
                    }
                    else if (bound > 0 && name == "bias")
                    {
                        FillUniform(parameter, bound, generator);
                    }
                }
            }
        }

        // Drawn on the CPU in float32 whatever the parameter, so that devices, precisions and layouts get the same weights.
        private static void FillUniform(Tensor parameter, double bound, Generator generator)
        {
            if (parameter.device_type == DeviceType.CPU && parameter.dtype == ScalarType.Float32 && parameter.is_contiguous())
            {
                parameter.uniform_(-bound, bound, generator);
                return;
            }

            using Tensor drawn = empty(parameter.Sizes(), dtype: ScalarType.Float32, device: CPU).uniform_(-bound, bound, generator);
            parameter.copy_(drawn);
        }
    }

    private sealed class SplitMixInitializer : WeightInitializer
    {
        // Repeats are kept apart from names and seeds, which are small numbers; seed 0 and repeat 0 give the published reference figures.
        private const int RepeatShift = 20;

        public override string Id => "splitmix";

        internal override bool ReadsGraphs => true;

        public override void Initialize(nn.Module network, WeightSeed seed)
        {
            ArgumentNullException.ThrowIfNull(network);
            HashSet<string> normalizations = [.. network.named_modules().Where(named => IsNormalization(named.module)).Select(named => named.name)];
            Initialize(network.named_parameters().Select(named =>
                (named.name, (Tensor)named.parameter, normalizations.Contains(named.name.LastIndexOf('.') is var dot and >= 0 ? named.name[..dot] : ""))), seed);
        }

        internal override void InitializeWithoutLayers(GraphWeights network, WeightSeed seed) => Initialize(GraphTree.Of(network.Graph).All().SelectMany(place =>
            place.Parameters.Select(parameter => (parameter.Name, network.Weight(parameter.Name), IsNormalization(place)))), seed);

        private static void Initialize(IEnumerable<(string Name, Tensor Parameter, bool OfNormalization)> parameters, WeightSeed seed)
        {
            using DisposeScope scope = NewDisposeScope();
            using IDisposable guard = no_grad();
            foreach ((string name, Tensor parameter, bool ofNormalization) in parameters)
            {
                if (parameter.dim() < 2)
                {
                    Fill(parameter, ofNormalization && name.EndsWith("weight", StringComparison.Ordinal) ? 1 : 0);
                    continue;
                }

                double[] values = new double[parameter.numel()];
                SplitMix64.FillUnitVariance(StreamOf(name) + (ulong)seed.Seed + ((ulong)seed.Repeat << RepeatShift), Math.Sqrt(2.0 / FanIn(parameter)), values);
                using Tensor flat = tensor(values, device: CPU);
                parameter.copy_(flat.reshape(parameter.Sizes()));
            }
        }

        // A parameter's stream is the sum of its name's UTF-8 bytes.
        private static ulong StreamOf(string name) =>
            System.Text.Encoding.UTF8.GetBytes(name).Aggregate(0UL, (sum, value) => sum + value);
    }
}
