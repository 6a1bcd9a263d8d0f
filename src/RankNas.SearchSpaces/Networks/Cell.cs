using TorchSharp.Modules;
using static TorchSharp.torch;

namespace RankNas;

/// <summary>NATS-Bench's <c>InferCell</c>: each node is the sum of its incoming edges.</summary>
internal sealed class Cell : NetworkBlock
{
    private readonly ModuleList<nn.Module<Tensor, Tensor>> _layers = [];
    private readonly Edge[] _edges;
    private readonly int _outChannels;

    public Cell(StagePlan plan)
        : base(nameof(Cell))
    {
        _outChannels = plan.OutChannels;
        _edges = new Edge[CellGraph.Edges.Length];
        for (int edge = 0; edge < _edges.Length; edge++)
        {
            (int source, int target) = CellGraph.Edges[edge];
            nn.Module<Tensor, Tensor> layer = CreateLayer(plan.Cell!.Operations[edge], source == 0 ? plan.InChannels : plan.OutChannels, plan.OutChannels);
            _edges[edge] = new Edge(source, target, plan.Cell.Operations[edge] == CellOperation.None ? null : layer);
            _layers.Add(layer);
        }

        FindUsed(_edges);
        register_module("layers", _layers);
    }

    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();

        // Never the very handle that came in: its owner disposes it.
        return LastNode(input, (layer, source) => layer.call(source), TensorArithmetic.Plus, () => ZerosLike(input)).alias().MoveToOuterDisposeScope();
    }

    public override FlowValue Flow(FlowValue input, FlowPass flow) => LastNode(
        input,
        (layer, source) => layer is NetworkBlock block ? block.Flow(source, flow) : source,
        flow.Add,
        () => new FlowValue(input.Features.new_zeros(input.Features.shape[0], input.Features.shape[1], _outChannels)));

    public override OnnxValue Describe(INetworkGraph graph, OnnxValue input) => LastNode(
        input,
        graph.Apply,
        (sum, term) => graph.Apply(GraphFunction.Add, sum, term),
        () => graph.Zeros(_outChannels, input.Shape[1], input.Shape[2]));

    public override Tensor Observe(Tensor input, ObservedPass pass)
    {
        NodeSum[] nodes = [.. Enumerable.Range(0, CellGraph.Nodes).Select(_ => new NodeSum())];
        nodes[0].Add(Term.Shared(input));
        for (int source = 0; source < CellGraph.Nodes - 1; source++)
        {
            Edge[] leaving = [.. _edges.Where(edge => edge.Source == source && edge.ReadsSource)];
            if (leaving.Length > 0)
            {
                bool isZero = nodes[source].IsEmpty;
                Tensor features = nodes[source].ValueOr(() => ZerosLike(input));
                PassRectified(features, isZero, leaving, nodes, pass);
                PassPooled(features, isZero, leaving, nodes, pass);
                PassSkipped(features, isZero, leaving, nodes, pass);
            }

            nodes[source].Dispose();
        }

        return nodes[^1].ValueOr(() => ZerosLike(input));
    }

    // All convolutions that leave a node take the same rectified features: one ReLU serves them all, and counts for each.
    private static void PassRectified(Tensor features, bool isZero, Edge[] leaving, NodeSum[] nodes, ObservedPass pass)
    {
        (Edge Edge, ReluConvolutionNorm Layer)[] convolutions =
            [.. leaving.Where(edge => edge.Layer is ReluConvolutionNorm).Select(edge => (edge, (ReluConvolutionNorm)edge.Layer!))];
        if (convolutions.Length == 0)
        {
            return;
        }

        pass.Report(LayerKinds.Activation, features, convolutions.Length);
        using ConvolutionInput rectified = isZero ? ConvolutionInput.Of(features) : ConvolutionInput.Rectified(features);
        foreach ((Edge edge, ReluConvolutionNorm layer) in convolutions)
        {
            if (!edge.IsUsed || (isZero && LayerMath.KeepsZeros(layer.Normalization)))
            {
                pass.Report(rectified);
            }
            else
            {
                nodes[edge.Target].Add(Term.Of(pass.Convolve(rectified, layer.Convolution), layer.Normalization));
            }
        }
    }

    private static void PassPooled(Tensor features, bool isZero, Edge[] leaving, NodeSum[] nodes, ObservedPass pass)
    {
        Edge[] pooling = [.. leaving.Where(edge => edge.Layer is CellPooling)];
        if (pooling.Length == 0)
        {
            return;
        }

        pass.Report(LayerKinds.Pooling, features, pooling.Length);
        Edge[] used = [.. pooling.Where(edge => edge.IsUsed)];
        if (isZero || used.Length == 0)
        {
            return;
        }

        Tensor pooled = LayerMath.PoolNeighborhood(features);
        foreach (Edge edge in used[1..])
        {
            nodes[edge.Target].Add(Term.Shared(pooled));
        }

        nodes[used[0].Target].Add(new Term(pooled, IsOwned: used.Length == 1));
    }

    private static void PassSkipped(Tensor features, bool isZero, Edge[] leaving, NodeSum[] nodes, ObservedPass pass)
    {
        foreach (Edge edge in leaving)
        {
            if (edge.Layer is Projection projection)
            {
                nodes[edge.Target].Add(projection.ObserveTerm(features, pass));
            }
            else if (edge.Layer is Identity && !isZero)
            {
                nodes[edge.Target].Add(Term.Shared(features));
            }
        }
    }

    private static nn.Module<Tensor, Tensor> CreateLayer(CellOperation operation, int inChannels, int outChannels) => operation switch
    {
        CellOperation.Convolution1x1 => new ReluConvolutionNorm(inChannels, outChannels, kernel: 1),
        CellOperation.Convolution3x3 => new ReluConvolutionNorm(inChannels, outChannels, kernel: 3),
        CellOperation.AveragePooling3x3 => new CellPooling(),
        CellOperation.SkipConnect when inChannels != outChannels => new Projection(inChannels, outChannels),
        _ => nn.Identity(),
    };

    private TValue LastNode<TValue>(
        TValue input, Func<nn.Module<Tensor, Tensor>, TValue, TValue> apply, Func<TValue, TValue, TValue> add, Func<TValue> nothing)
        where TValue : class
    {
        var nodes = new TValue?[CellGraph.Nodes];
        nodes[0] = input;
        for (int target = 1; target < CellGraph.Nodes; target++)
        {
            foreach (Edge edge in _edges.Where(edge => edge.Target == target && edge.Layer is not null))
            {
                TValue term = apply(edge.Layer!, nodes[edge.Source]!);
                nodes[target] = nodes[target] is { } sum ? add(sum, term) : term;
            }

            nodes[target] ??= nothing();
        }

        return nodes[^1]!;
    }

    // Laid out like everything else: the next convolution may be wrong otherwise.
    private Tensor ZerosLike(Tensor input)
    {
        using Tensor pixels = input.new_zeros(input.shape[0], input.shape[2], input.shape[3], _outChannels);
        return pixels.permute(0, 3, 1, 2);
    }

    // From the last edge back: those that leave an edge's target come after it.
    private static void FindUsed(Edge[] edges)
    {
        foreach (Edge edge in edges.Where(edge => edge.Layer is not null).Reverse())
        {
            edge.IsUsed = edge.Target == CellGraph.Nodes - 1 || edges.Any(next => next.Source == edge.Target && next.ReadsSource);
        }
    }

    private sealed record Edge(int Source, int Target, nn.Module<Tensor, Tensor>? Layer)
    {
        // Whether what leads out of the target reads it.
        public bool IsUsed { get; set; }

        // Observers see what goes into layers, even where nothing reads what comes out.
        public bool ReadsSource => Layer is not null && (Layer is not Identity || IsUsed);
    }
}
