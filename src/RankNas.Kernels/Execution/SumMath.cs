using System.Collections.Immutable;
using RankNas.Graphs;
using RankNas.Graphs.Operations;
using RankNas.Kernels.Convolutions;
using RankNas.Kernels.Memory;
using RankNas.Torch;
using TorchSharp;
using static TorchSharp.torch;

namespace RankNas.Kernels.Execution;

/// <summary>Sums of images, some of them normalised first.</summary>
internal sealed class SumMath(IGraphNetwork network, PassMemory memory)
{
    /// <summary>Adds, over the memory of a term that nobody else uses where there is one.</summary>
    /// <param name="step">What.</param>
    /// <param name="values">The values; the one that is written over is taken away.</param>
    public PassValue Sum(SumStep step, PassValue?[] values)
    {
        // What is written over comes first.
        PlanTerm[] terms = [.. step.Terms.OrderByDescending(term => term.MayOverwrite)];
        Clamp clamp = Clamp.Of(step.Activation);
        Tensor sum = TrySum<Float32Value>(terms, values, clamp) ?? TrySum<BFloat16Value>(terms, values, clamp) ?? SumByLibtorch(step.Terms, values, clamp);
        return new PassValue(sum);
    }

    /// <summary>Normalises as what is normalised is read, where that can be, else over its memory.</summary>
    /// <param name="step">What.</param>
    /// <param name="values">The values; the one that is written over is taken away.</param>
    public PassValue Normalize(NormalizeStep step, PassValue?[] values)
    {
        PassValue source = values[step.Input]!;
        ImmutableArray<int> shape = step.Node.Shape;
        int units = shape[0] * shape[1] * shape[2];
        if (source.Product is not null)
        {
            int bits = Expansion.GroupsOf(shape[0]) * RowProduct.Lanes * shape[1] * shape[2];
            return Normalized(step, source, source.Moments!, units, bits);
        }

        return InstructionSet.HasMultiplyAdd && (!step.NotesSigns || PixelReading.NotesSignsOf(units)) && memory.TryOpen(source.Features, out PixelMemory<Float32Value> images)
            ? Normalized(step, source, source.Moments ?? ChannelMoments.Of(images), units, units)
            : Sum(new SumStep(step.Node, [new PlanTerm(step.Input, step.Node, MayOverwrite: true)], Activation: null), values);
    }

    private PassValue Normalized(NormalizeStep step, PassValue source, ChannelMoments moments, int units, int bits)
    {
        PendingSigns? signs = step.NotesSigns ? new PendingSigns(source.Images, units, bits) : null;
        return new PassValue(source, FactorsOf(step.Node, moments), signs, () => Sum(new SumStep(step.Node, [new PlanTerm(0, step.Node)], Activation: null), [source]).Features);
    }

    private Tensor? TrySum<T>(PlanTerm[] terms, PassValue?[] values, Clamp clamp)
        where T : unmanaged, IPixelValue<T>
    {
        var summands = new Summand<T>[terms.Length];
        foreach ((int index, PlanTerm term) in terms.Index())
        {
            PassValue value = values[term.Value]!;
            if (!memory.TryOpen(value.Written.Value, out PixelMemory<T> images))
            {
                return null;
            }

            summands[index] = new Summand<T>(images, term.Normalization is { } node ? FactorsOf(node, value.Moments ?? ChannelMoments.Of(images)) : ChannelFactors.One(images.Channels));
        }

        PixelMemory<T> target = summands[0].Images;
        Tensor sum;
        if (terms[0].MayOverwrite)
        {
            sum = values[terms[0].Value]!.Features;
            values[terms[0].Value] = null;
        }
        else
        {
            sum = memory.NewLike(target, target.Channels, target.Height, target.Width, out target);
        }

        NormalizedSumKernel.Apply(target, summands, clamp);
        return sum;
    }

    private ChannelFactors FactorsOf(GraphNode node, ChannelMoments moments)
    {
        using Tensor weight = TensorMemory.ToFloat32(network.Weight($"{node.Name}.weight"));
        using Tensor bias = TensorMemory.ToFloat32(network.Weight($"{node.Name}.bias"));
        return moments.FactorsOf(TensorMemory.ValuesOf<float>(weight), TensorMemory.ValuesOf<float>(bias), EpsilonOf(node));
    }

    private Tensor SumByLibtorch(IReadOnlyList<PlanTerm> terms, PassValue?[] values, Clamp clamp)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor sum = terms.Select(term => Normalized(values[term.Value]!.Written.Value, term.Normalization)).Aggregate(TensorArithmetic.Plus);
        return (clamp.IsNone ? sum : clamp.Apply(sum)).MoveToOuterDisposeScope();
    }

    private Tensor Normalized(Tensor features, GraphNode? normalization)
    {
        if (normalization is null)
        {
            return features.alias();
        }

        (Tensor weight, Tensor bias) = (network.Weight($"{normalization.Name}.weight"), network.Weight($"{normalization.Name}.bias"));
        return nn.functional.batch_norm(features, null!, null!, weight, bias, training: true, momentum: 0, EpsilonOf(normalization));
    }

    private static double EpsilonOf(GraphNode normalization) => ((BatchNormOperation)normalization.Operation).Epsilon;
}
