using RankNas.Torch;
using static TorchSharp.torch;

namespace RankNas.Proxies.Tests.Zoo;

/// <summary>Every layer called by <c>forward</c>, where hooks do not run.</summary>
internal sealed class CallsForward(params nn.Module<Tensor, Tensor>[] layers) : Custom(layers)
{
    public override Tensor forward(Tensor input) => Layers.Aggregate(input, (features, layer) => layer.forward(features));
}

/// <summary>The second layer called by <c>forward</c>, the others by <c>call</c>.</summary>
internal sealed class CallsOneForward(params nn.Module<Tensor, Tensor>[] layers) : Custom(layers)
{
    public override Tensor forward(Tensor input) =>
        Layers.Skip(2).Aggregate(this[1].forward(this[0].call(input)), (features, layer) => layer.call(features));
}

/// <summary>The first layer, a function, and the others.</summary>
internal sealed class CallsRelu(params nn.Module<Tensor, Tensor>[] layers) : Custom(layers)
{
    public override Tensor forward(Tensor input) =>
        Layers.Skip(1).Aggregate(nn.functional.relu(this[0].call(input)), (features, layer) => layer.call(features));
}

/// <summary>The first layer, another function, and the others.</summary>
internal sealed class CallsGelu(params nn.Module<Tensor, Tensor>[] layers) : Custom(layers)
{
    public override Tensor forward(Tensor input) =>
        Layers.Skip(1).Aggregate(nn.functional.gelu(this[0].call(input)), (features, layer) => layer.call(features));
}

/// <summary>All but the first layer, which nothing calls; others by <c>call</c> and, within a sequence, by <c>forward</c>.</summary>
internal sealed class LeavesOneIdle(params nn.Module<Tensor, Tensor>[] layers) : Custom(layers)
{
    public override Tensor forward(Tensor input) => Layers.Skip(1).Aggregate(input, (features, layer) => layer.call(features));
}

/// <summary>One of several choices, called by <c>forward</c>, as one-shot networks do.</summary>
internal sealed class TakesChoice(int choice, params nn.Module<Tensor, Tensor>[] layers) : Custom(layers)
{
    public override Tensor forward(Tensor input) => this[choice].forward(input);
}

/// <summary>What the layers give, times a parameter.</summary>
internal sealed class MultipliesParameter : Custom
{
    private readonly TorchSharp.Modules.Parameter _matrix;

    public MultipliesParameter(int width, params nn.Module<Tensor, Tensor>[] layers)
        : base(layers)
    {
        _matrix = nn.Parameter(randn(width, 10));
        RegisterComponents();
    }

    public override Tensor forward(Tensor input) =>
        Layers.Aggregate(input, (features, layer) => layer.call(features)).matmul(_matrix);
}

/// <summary>What the layers give, times a matrix that is registered nowhere.</summary>
internal sealed class MultipliesUnregistered(int width, params nn.Module<Tensor, Tensor>[] layers) : Custom(layers)
{
    private readonly Tensor _matrix = randn(width, 10);

    public override Tensor forward(Tensor input) =>
        Layers.Aggregate(input, (features, layer) => layer.call(features)).matmul(_matrix);
}

/// <summary>What the layers give, times a matrix that is made anew each time.</summary>
internal sealed class MultipliesOnes(int width, params nn.Module<Tensor, Tensor>[] layers) : Custom(layers)
{
    public override Tensor forward(Tensor input) =>
        Layers.Aggregate(input, (features, layer) => layer.call(features)).matmul(ones(width, 10));
}

/// <summary>The layers, and then the negative of what they give.</summary>
internal sealed class Negates(params nn.Module<Tensor, Tensor>[] layers) : Custom(layers)
{
    public override Tensor forward(Tensor input) => Layers.Aggregate(input, (features, layer) => layer.call(features)).neg();
}

/// <summary>The layers without gradients.</summary>
internal sealed class Detaches(params nn.Module<Tensor, Tensor>[] layers) : Custom(layers)
{
    public override Tensor forward(Tensor input) => Layers.Aggregate(input, (features, layer) => layer.call(features)).detach();
}

/// <summary>Throws where it is run.</summary>
internal sealed class Throws() : Custom
{
    public override Tensor forward(Tensor input) => throw new FormatException("Spoiled.");
}

/// <summary>What the layers give, times a matrix of a list and one of a dictionary.</summary>
internal sealed class MultipliesKept(int width, params nn.Module<Tensor, Tensor>[] layers) : Custom(layers)
{
    private readonly List<Tensor> _list = [randn(width, width)];
    private readonly Dictionary<string, Tensor> _dictionary = new() { ["last"] = randn(width, 10) };

    public IEnumerable<Tensor> Kept => [.. _list, .. _dictionary.Values];

    public override Tensor forward(Tensor input) =>
        Layers.Aggregate(input, (features, layer) => layer.call(features)).matmul(_list[0]).matmul(_dictionary["last"]);
}

/// <summary>Whatever a function makes of its input.</summary>
internal sealed class Applies(Func<Tensor, Tensor> function) : nn.Module<Tensor, Tensor>("applies")
{
    public override Tensor forward(Tensor input) => function(input);
}

/// <summary>ReLU of a sum.</summary>
internal sealed class RectifiedSum() : nn.Module<Tensor, Tensor, Tensor>("rectified-sum")
{
    public override Tensor forward(Tensor first, Tensor second) => nn.functional.relu(first.Plus(second));
}

/// <summary>What the layers give, and the rectified sum of it with itself.</summary>
internal sealed class AddsToItself : Custom
{
    private readonly RectifiedSum _sum = new();

    public AddsToItself(params nn.Module<Tensor, Tensor>[] layers)
        : base(layers) => RegisterComponents();

    public override Tensor forward(Tensor input)
    {
        Tensor features = Layers.Aggregate(input, (tensor, layer) => layer.call(tensor));
        return _sum.call(features, features);
    }
}
