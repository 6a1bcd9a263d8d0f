using static TorchSharp.torch;

namespace RankNas;

/// <summary>The sum at a node of a cell: its terms as they come in, added all at once when the first asks for it.</summary>
internal sealed class NodeSum : IDisposable
{
    private readonly List<Term> _terms = [];
    private Tensor? _sum;

    /// <summary>Gets whether no term came in.</summary>
    public bool IsEmpty => _terms.Count == 0;

    /// <summary>Adds a term, and takes it over.</summary>
    public void Add(Term term) => _terms.Add(term);

    /// <summary>Gets the sum, or where no term came in, what stands for it from now on.</summary>
    public Tensor ValueOr(Func<Tensor> nothing) => _sum ??= IsEmpty ? nothing() : LayerMath.Sum(_terms);

    public void Dispose()
    {
        if (_sum is null)
        {
            _terms.ForEach(term => term.Images.Dispose());
        }

        _sum?.Dispose();
    }
}
