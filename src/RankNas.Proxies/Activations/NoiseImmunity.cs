using static TorchSharp.torch;

namespace RankNas;

/// <summary>Noise immunity: how much noise on the images moves what the pooling layers see.</summary>
/// <remarks>
/// η = ln(1e-10 + Σ over pooling layers of mean((F′ − F)²)), F and F′ the layer's inputs for the images X and for X′ = X + z,
/// z ~ N(0, 1) in normalised image space; lower is better. The complexity form is ln(γρ/η), 0 where η ≤ 0: γ = input channels summed over
/// convolutions and pooling layers, ρ = convolutions for each pooling layer; higher is better. The paper's Section 2.1.
/// </remarks>
public sealed class NoiseImmunity : IActivationProxy
{
    private const double LeastNoise = 1e-10;

    private readonly NoiseImmunityForm _form;

    /// <summary>Initializes the proxy.</summary>
    /// <param name="form">Which form to score; by default the one whose ranks agree better with accuracies.</param>
    public NoiseImmunity(NoiseImmunityForm form = NoiseImmunityForm.Complexity)
    {
        if (!Enum.IsDefined(form))
        {
            throw new ArgumentOutOfRangeException(nameof(form), form, "The form is Eta or Complexity.");
        }

        _form = form;
    }

    /// <inheritdoc/>
    public string Id => _form == NoiseImmunityForm.Eta ? "noise-immunity" : "noise-immunity-complexity";

    /// <inheritdoc/>
    public ScoreDirection Direction => _form == NoiseImmunityForm.Eta ? ScoreDirection.LowerIsBetter : ScoreDirection.HigherIsBetter;

    /// <inheritdoc/>
    public LayerKinds CleanLayers => _form == NoiseImmunityForm.Eta ? LayerKinds.Pooling : LayerKinds.Pooling | LayerKinds.Convolution;

    /// <inheritdoc/>
    public LayerKinds NoisyLayers => LayerKinds.Pooling;

    /// <inheritdoc/>
    public double Score(nn.Module<Tensor, Tensor> network, ProbeBatch batch) => ActivationPasses.Score(this, network, batch);

    /// <inheritdoc/>
    public IActivationObserver CreateObserver(ProbeBatch batch) => new Observer(_form);

    private sealed class Observer(NoiseImmunityForm form) : IActivationObserver
    {
        private readonly Queue<Tensor> _clean = new();
        private double _noise;
        private long _channels;
        private long _convolutions;
        private long _poolings;

        public void Observe(ForwardPass pass, LayerInput input)
        {
            if (pass == ForwardPass.Noisy)
            {
                using Tensor clean = _clean.Dequeue();
                _noise += input.Uses * MeanSquare.OfDifference(clean, input.Tensor);
                return;
            }

            _channels += input.Uses * input.Shape[1];
            if (input.Kind == LayerKinds.Convolution)
            {
                _convolutions += input.Uses;
                return;
            }

            _poolings += input.Uses;
            _clean.Enqueue(input.Keep());
        }

        public double Complete()
        {
            double eta = Math.Log(LeastNoise + _noise);
            if (form == NoiseImmunityForm.Eta)
            {
                return eta;
            }

            double density = (double)_convolutions / _poolings;
            return eta > 0 ? Math.Log(_channels * density / eta) : 0;
        }

        public void Dispose()
        {
            while (_clean.TryDequeue(out Tensor? tensor))
            {
                tensor.Dispose();
            }
        }
    }
}
