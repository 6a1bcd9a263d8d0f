using RankNas.Torch;
using TorchSharp;
using static TorchSharp.torch;

namespace RankNas.Kernels.Activations;

/// <summary>Counts by matrix products how many units agree on each pair of images: on a GPU, and where kernels are off.</summary>
/// <remarks>
/// Of codes c of 0 and 1, B = c·cᵀ counts the units that are on for both images. B[i, i] are on for one, so that units − B[i, i] − B[j, j] + 2·B[i, j] agree: the
/// formula's two products by one.
/// </remarks>
/// <param name="images">How many images there are.</param>
/// <param name="mostValues">How many codes are gathered at most, unless a layer has more.</param>
internal sealed class AgreementProducts(int images, long mostValues = AgreementProducts.MostValues) : IDisposable
{
    // To begin a product takes as long as thousands of units, so layers are gathered: 128 MB of codes in float32, which counts exactly up to 2^24 units.
    public const long MostValues = 1 << 25;

    private readonly Dictionary<int, List<Tensor>> _gathered = [];
    private Tensor? _bothOn;
    private double _units;

    /// <summary>Adds the units of a layer.</summary>
    /// <param name="input">What goes into them, <c>[N, …]</c>.</param>
    /// <param name="uses">How many layers take it.</param>
    public void Add(Tensor input, int uses)
    {
        using Scalar zero = 0;
        using Tensor rows = input.reshape(images, -1);
        Tensor code = rows.gt(zero).DetachFromDisposeScope();
        _units += (double)uses * code.size(1);
        if (!_gathered.TryGetValue(uses, out List<Tensor>? codes))
        {
            _gathered.Add(uses, codes = []);
        }

        if (codes.Sum(other => other.numel()) + code.numel() > mostValues)
        {
            Multiply(codes, uses);
        }

        codes.Add(code);
    }

    /// <summary>Waits for the device, and gets how many units agree on a row and a column.</summary>
    public Func<int, int, double> Counts()
    {
        foreach ((int uses, List<Tensor> codes) in _gathered)
        {
            Multiply(codes, uses);
        }

        if (_bothOn is null)
        {
            return (_, _) => 0;
        }

        using Tensor onCpu = _bothOn.cpu();
        double[] both = onCpu.data<double>().ToArray();
        return (row, column) => _units - both[row * (images + 1)] - both[column * (images + 1)] + (2 * both[(row * images) + column]);
    }

    public void Dispose()
    {
        _bothOn?.Dispose();
        foreach (Tensor code in _gathered.Values.SelectMany(codes => codes))
        {
            code.Dispose();
        }
    }

    private void Multiply(List<Tensor> codes, int uses)
    {
        if (codes.Count == 0)
        {
            return;
        }

        // Within a pass, tensors are made in inference mode, and may be changed in it alone.
        using (DisposeScope scope = NewDisposeScope())
        using (inference_mode())
        {
            Tensor code = (codes is [var only] ? only : cat(codes, 1)).to(ScalarType.Float32);
            Tensor both = code.mm(code.t()).to(ScalarType.Float64).Times(uses);
            if (_bothOn is null)
            {
                _bothOn = both.DetachFromDisposeScope();
            }
            else
            {
                _ = _bothOn.AddInPlace(both);
            }
        }

        codes.ForEach(code => code.Dispose());
        codes.Clear();
    }
}
