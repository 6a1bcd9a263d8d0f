using RankNas.Torch;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace RankNas.Proxies.Tests.Gradients;

/// <summary>A small network in float64 with every kind of layer that matters, and a labelled batch.</summary>
/// <remarks>Its nonlinearities are smooth, for the sake of differences.</remarks>
internal sealed class SmallCase : IDisposable
{
    private const int Classes = 4;

    private readonly long[] _labels = [2, 0, 3, 1, 2];
    private readonly List<Shift> _shifts = [new(), new(), new(), new()];

    public SmallCase()
    {
        using DisposeScope scope = NewDisposeScope();
        First = nn.Conv2d(2, 3, 3);
        Second = nn.Conv2d(3, 4, 2, stride: 2, groups: 1, bias: false);
        Third = nn.Linear(4, 5);
        Fourth = nn.Linear(5, Classes);
        Network = nn.Sequential(
            First, _shifts[0], nn.BatchNorm2d(3), nn.Tanh(), Second, _shifts[1], nn.AvgPool2d(2), nn.Flatten(),
            Third, _shifts[2], nn.BatchNorm1d(5), nn.Softplus(), Fourth, _shifts[3]);
        Network.to(ScalarType.Float64);
        WeightInitializer.SplitMix.Initialize(Network, seed: 3);
        Batch = new ProbeBatch(randn([5, 2, 6, 6], dtype: ScalarType.Float64, generator: new Generator(8)), tensor(_labels));
    }

    public Sequential Network { get; }

    public Conv2d First { get; }

    public Conv2d Second { get; }

    public Linear Third { get; }

    public Linear Fourth { get; }

    public ProbeBatch Batch { get; }

    /// <summary>Gets the outputs of the four layers and what they can be moved by.</summary>
    public IReadOnlyList<Shift> Shifts => _shifts;

    public Parameter[] Weights => [First.weight!, Second.weight!, Third.weight!, Fourth.weight!];

    /// <summary>Computes the logits, a row for each image.</summary>
    public double[][] Logits()
    {
        using IDisposable guard = no_grad();
        using Tensor logits = Network.call(Batch.Images);
        return [.. logits.data<double>().ToArray().Chunk(Classes)];
    }

    /// <summary>Computes the mean cross-entropy by hand.</summary>
    public double Loss() => Logits().Zip(_labels, (row, label) => Math.Log(row.Sum(Math.Exp)) - row[label]).Average();

    public void Dispose()
    {
        Batch.Dispose();
        Network.Dispose();
    }
}
