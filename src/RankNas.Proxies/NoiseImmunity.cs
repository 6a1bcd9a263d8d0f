using RankNas.Graphs;
using RankNas.Graphs.Operations;
using RankNas.Kernels;
using RankNas.Kernels.Activations;
using static TorchSharp.torch;

namespace RankNas.Proxies;

/// <summary>Noise immunity: how much noise on the images changes the inputs of the pooling layers.</summary>
/// <remarks>
/// η = ln(1e-10 + Σ), Σ the sum over pooling layers of mean((F′ − F)²), F and F′ the layer's inputs for the images X and for X′ = X + z,
/// z ~ N(0, 1) in normalised image space; lower is better. The complexity form is ln(γρ/η), 0 where η ≤ 0: γ = input channels summed over
/// convolutions and pooling layers, ρ = convolutions for each pooling layer; higher is better. The paper's Section 2.1.
/// <para>
/// A network without any pooling layer, such as a vision transformer, is watched at the outputs of its blocks instead, and its linear layers count among the
/// convolutions. This is our own extension: the paper knows networks with pooling alone. The two kinds of scores are not comparable: in a space where some networks have
/// pooling layers and others have none, leave this proxy out.
/// </para>
/// <para>
/// Two forms use ln(1 + Σ) instead of η. Both agree for large Σ. For small Σ, as in small networks, η crosses 0,
/// where ln(γρ/η) has a pole; ln(1 + Σ) is positive wherever noise arrives, and increases with it. Figures are in docs/proxies.md.
/// </para>
/// <para>
/// The default form, ln(γρ/ln(1 + Σ)) over live layers, counts in γ, ρ and Σ no layer that the network's output does not depend on: what happens there
/// changes no prediction, and a third of NATS-Bench's topology space has such layers. This is our own; the paper's program counts them, and so do the other forms.
/// Neither does it count the layers of gates, such as those of squeeze-and-excite: their pooling is no part of the way from image to output, and by it the number of gates would decide the score.
/// Liveness and gates are read off the graph. In hand-written modules, which have none, every layer that runs counts, and the form equals <see cref="NoiseImmunityForm.Log1p"/>.
/// </para>
/// </remarks>
public sealed class NoiseImmunity : IActivationProxy
{
    private const double LeastNoise = 1e-10;

    private readonly NoiseImmunityForm _form;
    private readonly bool _watchesBlocks;

    /// <summary>Initializes the proxy.</summary>
    /// <param name="form">Which form to score; by default that of live layers, which is defined for networks of all sizes.</param>
    /// <exception cref="ArgumentOutOfRangeException">The form is not one of the four.</exception>
    public NoiseImmunity(NoiseImmunityForm form = NoiseImmunityForm.Live)
    {
        if (!Enum.IsDefined(form))
        {
            throw new ArgumentOutOfRangeException(nameof(form), form, "The form is Eta, Complexity, Log1p or Live.");
        }

        _form = form;
    }

    private NoiseImmunity(NoiseImmunityForm form, bool watchesBlocks)
        : this(form) => _watchesBlocks = watchesBlocks;

    /// <inheritdoc/>
    public string Id => _form switch
    {
        NoiseImmunityForm.Eta => "noise-immunity",
        NoiseImmunityForm.Complexity => "noise-immunity-complexity",
        NoiseImmunityForm.Live => "noise-immunity-live",
        _ => "noise-immunity-log1p",
    };

    /// <inheritdoc/>
    public ScoreDirection Direction => _form == NoiseImmunityForm.Eta ? ScoreDirection.LowerIsBetter : ScoreDirection.HigherIsBetter;

    /// <inheritdoc/>
    public LayerKinds CleanLayers => _form == NoiseImmunityForm.Eta ? NoisyLayers : NoisyLayers | LayerKinds.Convolution | (_watchesBlocks ? LayerKinds.Linear : LayerKinds.None);

    /// <inheritdoc/>
    public LayerKinds NoisyLayers => _watchesBlocks ? LayerKinds.BlockOutput : LayerKinds.Pooling;

    /// <summary>Gets the proxy itself if a network has pooling layers; else one that watches its blocks.</summary>
    /// <inheritdoc/>
    public IActivationProxy ForGraph(NetworkGraph graph)
    {
        ArgumentNullException.ThrowIfNull(graph);
        return graph.Blocks.IsEmpty || graph.Nodes.Any(node => node.Operation is PoolingOperation or GlobalPoolingOperation && Counts(graph, node)) ? this : new NoiseImmunity(_form, watchesBlocks: true);
    }

    /// <inheritdoc/>
    public string? HintFor(double score) => score == 0 && _form == NoiseImmunityForm.Complexity
        ? "Its form is 0 for most small networks: take AddNoiseImmunity(), whose default form is not."
        : null;

    /// <inheritdoc/>
    /// <exception cref="ProxyNotApplicableException">
    /// The network has no pooling layer, or no convolution if the form counts them, or some ran without hooks, or no noise reaches a pooling layer.
    /// </exception>
    public double Score(nn.Module<Tensor, Tensor> network, ProbeBatch batch) => ActivationPasses.Score(this, network, batch);

    /// <inheritdoc/>
    public IActivationObserver CreateObserver(ProbeBatch batch) => new Observer(this);

    private bool Counts(NetworkGraph graph, GraphNode node) => _form != NoiseImmunityForm.Live || graph.IsUngated(node);

    private sealed class Observer(NoiseImmunity proxy) : IActivationObserver
    {
        private readonly Queue<Tensor> _clean = new();
        private readonly SquaredDifferences _noise = new();
        private long _channels;
        private long _convolutions;
        private long _poolings;

        private string Watched => proxy._watchesBlocks ? "block" : "pooling layer";

        public void Observe(ForwardPass pass, LayerInput input)
        {
            int uses = proxy._form == NoiseImmunityForm.Live ? input.UngatedUses : input.Uses;
            if (uses == 0)
            {
                return;
            }

            if (pass == ForwardPass.Noisy)
            {
                ProxyNotApplicableException.ThrowIfNone(_clean.Count, proxy, Watched, "on the images as they are, and one on noisy images");
                using Tensor clean = _clean.Dequeue();
                _noise.Add(clean, input.Tensor, uses);
                return;
            }

            _channels += uses * ChannelsOf(input);
            if (input.Kind is LayerKinds.Convolution or LayerKinds.Linear)
            {
                _convolutions += uses;
                return;
            }

            _poolings += uses;
            _clean.Enqueue(input.Keep());
        }

        public double Complete()
        {
            ProxyNotApplicableException.ThrowIfNone(_poolings, proxy, Watched);
            if (_clean.Count > 0)
            {
                throw new ProxyNotApplicableException($"{proxy.Id} saw fewer {Watched}s on noisy images than on the images as they are");
            }

            double noise = _noise.Total();
            if (noise == 0)
            {
                throw new ProxyNotApplicableException($"{proxy.Id} saw no noise in the {(proxy._watchesBlocks ? "outputs of the blocks" : "inputs of the pooling layers")} (they do not depend on the images)");
            }

            double eta = Math.Log(LeastNoise + noise);
            if (proxy._form == NoiseImmunityForm.Eta)
            {
                return eta;
            }

            ProxyNotApplicableException.ThrowIfNone(_convolutions, proxy, "convolution");
            double complexity = _channels * ((double)_convolutions / _poolings);
            return proxy._form != NoiseImmunityForm.Complexity ? Math.Log(complexity / LogOfOnePlus(LeastNoise + noise))
                : eta > 0 ? Math.Log(complexity / eta)
                : 0;
        }

        // Of tokens and rows, blocks and linear layers have the features last.
        private static long ChannelsOf(LayerInput input) => input.Kind == LayerKinds.Linear || (input.Kind == LayerKinds.BlockOutput && input.Shape.Count != 4) ? input.Shape[^1] : input.Shape[1];

        // Below this the square is all that a float64 has room for.
        private static double LogOfOnePlus(double x) => x < 1e-5 ? x * (1 - (x / 2)) : Math.Log(1 + x);

        public void Dispose()
        {
            _noise.Dispose();
            while (_clean.TryDequeue(out Tensor? tensor))
            {
                tensor.Dispose();
            }
        }
    }
}
