using TorchSharp.Modules;
using static TorchSharp.torch;

namespace RankNas;

/// <summary>NATS-Bench's <c>avg_pool_3x3</c>: stride 1, padding 1, the padding not counted.</summary>
internal sealed class CellPooling : NetworkBlock
{
    private readonly AvgPool2d _pooling = LayerFactory.CellPooling();

    public CellPooling()
        : base(nameof(CellPooling)) => register_module("op", _pooling);

    public override Tensor forward(Tensor input) => _pooling.call(input);

    public override Tensor Observe(Tensor input, ObservedPass pass)
    {
        pass.Report(LayerKinds.Pooling, input);
        return LayerMath.PoolNeighborhood(input);
    }

    public override FlowValue Flow(FlowValue input, FlowPass flow) => flow.PoolNeighborhood(input);

    public override OnnxValue Describe(INetworkGraph graph, OnnxValue input) => graph.Apply(_pooling, input);
}
