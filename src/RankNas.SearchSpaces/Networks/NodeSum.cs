using TorchSharp.Modules;
using static TorchSharp.torch;

namespace RankNas;

/// <summary>The sum at a node of a cell as its terms come in: in place where the sum is its own.</summary>
internal struct NodeSum : IDisposable
{
    private Tensor? _sum;
    private bool _isOwned;

    /// <summary>Gets whether no term came in yet.</summary>
    public readonly bool IsEmpty => _sum is null;

    /// <summary>Adds a term that nobody else uses, and takes it over.</summary>
    public void AddOwned(Tensor term)
    {
        if (_sum is null)
        {
            (_sum, _isOwned) = (term, true);
        }
        else if (_isOwned)
        {
            _sum.AddInPlace(term);
            term.Dispose();
        }
        else
        {
            term.AddInPlace(_sum);
            _sum.Dispose();
            (_sum, _isOwned) = (term, true);
        }
    }

    /// <summary>Adds a convolution's output, normalised, and takes it over.</summary>
    public void AddNormalized(Convolved convolved, BatchNorm2d layer)
    {
        if (_sum is not null && _isOwned)
        {
            LayerMath.AddNormalized(_sum, convolved, layer);
        }
        else
        {
            AddOwned(LayerMath.NormalizeOwned(convolved, layer));
        }
    }

    /// <summary>Adds a term that others use too.</summary>
    public void AddShared(Tensor term)
    {
        if (_sum is null)
        {
            (_sum, _isOwned) = (term.alias(), false);
        }
        else if (_isOwned)
        {
            _sum.AddInPlace(term);
        }
        else
        {
            Tensor sum = _sum.Plus(term);
            _sum.Dispose();
            (_sum, _isOwned) = (sum, true);
        }
    }

    /// <summary>Gets the sum, or where no term came in, what stands for it from now on.</summary>
    public Tensor ValueOr(Func<Tensor> nothing)
    {
        if (_sum is null)
        {
            (_sum, _isOwned) = (nothing(), true);
        }

        return _sum;
    }

    public void Dispose()
    {
        _sum?.Dispose();
        _sum = null;
    }
}
