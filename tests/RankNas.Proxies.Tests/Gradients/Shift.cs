using static TorchSharp.torch;

namespace RankNas.Proxies.Tests.Gradients;

/// <summary>Adds a constant of its own to what passes, and remembers what passed.</summary>
internal sealed class Shift() : nn.Module<Tensor, Tensor>(nameof(Shift))
{
    /// <summary>Gets what is added; zeros of the shape that passed last.</summary>
    public Tensor? Constant { get; private set; }

    /// <summary>Gets what passed first.</summary>
    public Tensor? Seen { get; private set; }

    public override Tensor forward(Tensor input)
    {
        if (Constant is null)
        {
            Constant = zeros_like(input).detach().DetachFromDisposeScope();
            Seen = input.detach().clone().DetachFromDisposeScope();
        }

        // Part of the images is not what was remembered.
        return input.shape.SequenceEqual(Constant.shape) ? input + Constant : input.alias();
    }

    protected override void Dispose(bool disposing)
    {
        Constant?.Dispose();
        Seen?.Dispose();
        base.Dispose(disposing);
    }
}
