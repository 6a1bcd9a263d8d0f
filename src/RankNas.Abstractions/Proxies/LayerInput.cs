using static TorchSharp.torch;

namespace RankNas.Proxies;

/// <summary>The input of one or more layers, or a block's output, as a forward pass comes by.</summary>
public sealed class LayerInput
{
    private readonly Lazy<Tensor> _tensor;
    private readonly Lazy<IReadOnlyList<long>> _shape;
    private readonly int? _liveUses;
    private readonly int? _ungatedUses;

    /// <summary>Initializes an input that lies in memory.</summary>
    /// <param name="kind">The kind of the layers.</param>
    /// <param name="tensor">What goes into them, <c>[N, C, …]</c>.</param>
    /// <param name="uses">How many layers of the kind take this very input; each counts.</param>
    /// <param name="isStable">Whether the network promises not to overwrite the tensor later in the pass.</param>
    public LayerInput(LayerKinds kind, Tensor tensor, int uses = 1, bool isStable = false)
        : this(kind, (tensor ?? throw new ArgumentNullException(nameof(tensor))).Sizes(), new Lazy<Tensor>(tensor), uses, isStable)
    {
    }

    /// <summary>Initializes an input that the network itself can do without, and makes only for those who ask.</summary>
    /// <param name="kind">The kind of the layers.</param>
    /// <param name="shape">The input's shape, <c>[N, C, …]</c>.</param>
    /// <param name="tensor">Makes it, in no dispose scope: it belongs to the network.</param>
    /// <param name="uses">How many layers of the kind take this very input; each counts.</param>
    /// <param name="isStable">Whether the network promises not to overwrite the tensor later in the pass.</param>
    public LayerInput(LayerKinds kind, IReadOnlyList<long> shape, Lazy<Tensor> tensor, int uses = 1, bool isStable = false)
    {
        ArgumentNullException.ThrowIfNull(shape);
        ArgumentNullException.ThrowIfNull(tensor);
        ArgumentOutOfRangeException.ThrowIfLessThan(uses, 1);
        (Kind, _shape, _tensor, Uses, IsStable) = (kind, new Lazy<IReadOnlyList<long>>(shape), tensor, uses, isStable);
    }

    private LayerInput(LayerKinds kind, string reason)
    {
        _tensor = new Lazy<Tensor>(() => throw new ProxyNotApplicableException(reason));
        _shape = new Lazy<IReadOnlyList<long>>(() => throw new ProxyNotApplicableException(reason));
        (Kind, Uses) = (kind, 1);
    }

    /// <summary>Gets the kind of the layers.</summary>
    public LayerKinds Kind { get; }

    /// <summary>Gets the input's shape, <c>[N, C, …]</c>. To those who need no more it costs nothing.</summary>
    /// <exception cref="ProxyNotApplicableException">The layer ran where hooks do not see it.</exception>
    public IReadOnlyList<long> Shape => _shape.Value;

    /// <summary>Gets what goes into the layers, <c>[N, C, …]</c>; valid during the call only, and not to be changed.</summary>
    /// <exception cref="ProxyNotApplicableException">The layer ran where hooks do not see it.</exception>
    public Tensor Tensor => _tensor.Value;

    /// <summary>Gets how many layers of the kind take this very input; each counts.</summary>
    public int Uses { get; }

    /// <summary>Gets how many of <see cref="Uses"/> are live: the network's output depends on those layers. Of modules without a graph, all count as live.</summary>
    /// <value>0 to <see cref="Uses"/>, which is the default.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 0 or above <see cref="Uses"/>.</exception>
    public int LiveUses
    {
        get => _liveUses ?? Uses;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, Uses);
            _liveUses = value;
        }
    }

    /// <summary>Gets how many of <see cref="LiveUses"/> the output depends on by another way than through gates, such as those of squeeze-and-excite. Of modules without a graph, all that are live.</summary>
    /// <value>0 to <see cref="LiveUses"/>, which is the default.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 0 or above <see cref="Uses"/>.</exception>
    public int UngatedUses
    {
        get => Math.Min(_ungatedUses ?? Uses, LiveUses);
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, Uses);
            _ungatedUses = value;
        }
    }

    /// <summary>Gets whether the network promises not to overwrite the tensor later in the pass.</summary>
    public bool IsStable { get; }

    /// <summary>Gets which values are greater than zero, where that has been noted as they passed; valid during the call only.</summary>
    internal PackedSigns? Signs { get; init; }

    /// <summary>Gets the function of the layers, which are activations, for values <c>[rows, C]</c> or of the input's shape; valid during the call only.</summary>
    internal Func<Tensor, Tensor>? Activation { get; init; }

    /// <summary>Gets a handle that stays valid after the call, by a copy only where the network may overwrite the tensor.</summary>
    /// <returns>A tensor of no dispose scope: whoever keeps it disposes it.</returns>
    public Tensor Keep() => (IsStable ? Tensor.alias() : Tensor.clone()).DetachFromDisposeScope();

    /// <summary>Makes an input of a layer that ran unseen: whoever reads it learns why there is none, and so counts nothing in part.</summary>
    internal static LayerInput Unseen(LayerKinds kind, string reason) => new(kind, reason);
}
