using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace RankNas;

/// <summary>A NATS-Bench network: stem, stages, BatchNorm, ReLU, global average pooling, linear; parameters have NATS-Bench's names.</summary>
internal sealed class NatsNetwork : nn.Module<Tensor, Tensor>, IObservableNetwork, ISynapticFlowNetwork, ISkipDepthNetwork, IBlockNetwork, IDescribedModule
{
    private readonly Sequential _stem;
    private readonly ModuleList<NetworkBlock> _cells = [];
    private readonly Sequential _lastActivation;
    private readonly AdaptiveAvgPool2d _globalPooling = nn.AdaptiveAvgPool2d(1);
    private readonly Linear _classifier;
    private readonly Conv2d _stemConvolution;
    private readonly BatchNorm2d _stemNormalization;
    private readonly BatchNorm2d _lastNormalization;

    private NatsNetwork(NetworkPlan plan, NetworkShape shape)
        : base(nameof(NatsNetwork))
    {
        SkipDepth = plan.SkipDepth;
        _stemConvolution = LayerFactory.Convolution(shape.Channels, plan.StemChannels, kernel: 3);
        _stemNormalization = LayerFactory.Normalization(plan.StemChannels);
        _stem = nn.Sequential(_stemConvolution, _stemNormalization);
        foreach (StagePlan stage in plan.Stages)
        {
            _cells.Add(stage.Cell is null ? new ResidualReduction(stage.InChannels, stage.OutChannels) : new Cell(stage));
        }

        _lastNormalization = LayerFactory.Normalization(plan.LastChannels);
        _lastActivation = nn.Sequential(_lastNormalization, nn.ReLU());
        _classifier = LayerFactory.Linear(plan.LastChannels, shape.Classes);
        register_module("stem", _stem);
        register_module("cells", _cells);
        register_module("lastact", _lastActivation);
        register_module("global_pooling", _globalPooling);
        register_module("classifier", _classifier);
    }

    public double SkipDepth { get; }

    public IReadOnlyList<nn.Module<Tensor, Tensor>> Blocks => [_stem, .. _cells];

    /// <summary>Builds a network with PyTorch's default initialisation, from seed 0.</summary>
    public static NatsNetwork Build(NetworkPlan plan, NetworkShape shape)
    {
        TorchRuntime.EnsureLoaded();
        using DisposeScope scope = NewDisposeScope();
        var network = new NatsNetwork(plan, shape);
        WeightInitializer.Default.Initialize(network, seed: 0);
        return network;
    }

    public override Tensor forward(Tensor images)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor features = _stem.call(TensorLayout.ChannelsLast(images));
        foreach (NetworkBlock cell in _cells)
        {
            Tensor next = cell.call(features);
            features.Dispose();
            features = next;
        }

        Tensor pooled = _globalPooling.call(_lastActivation.call(features));
        return _classifier.call(pooled.flatten(1)).MoveToOuterDisposeScope();
    }

    public Tensor Forward(Tensor images, ILayerSink sink)
    {
        var pass = new ObservedPass(sink);
        using DisposeScope scope = NewDisposeScope();
        Tensor features = LayerMath.Sum([Term.Of(pass.Convolve(TensorLayout.ChannelsLast(images), _stemConvolution), _stemNormalization)]);
        pass.Report(LayerKinds.BlockOutput, features);
        foreach (NetworkBlock cell in _cells)
        {
            Tensor next = cell.Observe(features, pass);
            pass.Report(LayerKinds.BlockOutput, next);
            features.Dispose();
            features = next;
        }

        Tensor last = LayerMath.Normalize(features, _lastNormalization);
        pass.Report(LayerKinds.Activation, last);
        Tensor rectified = LayerMath.Rectify(last);
        pass.Report(LayerKinds.Pooling, rectified);
        Tensor pooled = rectified.mean([2, 3]);
        pass.Report(LayerKinds.Linear, pooled);
        return nn.functional.linear(pooled, _classifier.weight, _classifier.bias).MoveToOuterDisposeScope();
    }

    public SynapticFlow ComputeSynapticFlow(Tensor image)
    {
        using IDisposable guard = no_grad();
        var flow = new FlowPass();
        FlowValue features = flow.Convolve(new FlowValue(image[0].permute(1, 2, 0).contiguous()), _stemConvolution);
        foreach (NetworkBlock cell in _cells)
        {
            features = flow.Rescale(cell.Flow(features, flow));
        }

        return flow.Complete(flow.Rescale(flow.MeanOfPixels(features)), _classifier);
    }

    public OnnxValue Describe(INetworkGraph graph, OnnxValue input)
    {
        OnnxValue features = _cells.Aggregate(graph.Apply(_stem, input), (value, cell) => graph.Apply(cell, value));
        OnnxValue pooled = graph.Apply(_globalPooling, graph.Apply(_lastActivation, features));
        return graph.Apply(_classifier, graph.Flatten(pooled));
    }

    protected override void Dispose(bool disposing)
    {
        nn.Module[] layers = disposing ? [.. modules()] : [];
        base.Dispose(disposing);
        NativeModules.Free(layers);
    }
}
