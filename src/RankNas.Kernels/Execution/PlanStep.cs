using System.Collections.Immutable;
using RankNas.Graphs;
using RankNas.Graphs.Operations;
using RankNas.Proxies;

namespace RankNas.Kernels.Execution;

/// <summary>A step of a pass.</summary>
internal abstract record PlanStep
{
    /// <summary>Gets the values that nobody needs after the step.</summary>
    public ImmutableArray<int> Releases { get; init; } = [];

    /// <summary>Gets the value that it gives; null where it gives none.</summary>
    public virtual int? Made => null;

    /// <summary>Gets the values that it reads.</summary>
    public virtual IEnumerable<int> Read => [];

    /// <summary>Gets the value that is read again with each reading of what it gives, which is left to its readers; null where there is none.</summary>
    public virtual int? LeftSource => null;
}

/// <summary>Layers' inputs, or a block's output, are reported.</summary>
/// <param name="Kind">The layers' kind.</param>
/// <param name="Value">The value.</param>
/// <param name="Uses">How many layers take it.</param>
/// <param name="LiveUses">How many of them the output depends on.</param>
/// <param name="UngatedUses">How many of them it depends on by another way than through gates.</param>
/// <param name="Layer">One of the layers; null where it is a block's output.</param>
internal sealed record ReportStep(LayerKinds Kind, int Value, int Uses, int LiveUses, int UngatedUses, GraphNode? Layer = null) : PlanStep
{
    public override IEnumerable<int> Read => [Value];
}

/// <summary>A value is computed.</summary>
/// <param name="Node">The node that gives it.</param>
/// <param name="Inputs">What it reads.</param>
/// <param name="MayWait">Whether it is a product that its only reader can compute.</param>
internal sealed record ComputeStep(GraphNode Node, ImmutableArray<int> Inputs, bool MayWait = false) : PlanStep
{
    public override int? Made => Node.Index;

    public override IEnumerable<int> Read => Inputs;

    public override int? LeftSource => MayWait ? Inputs[0] : null;
}

/// <summary>Zeros are made.</summary>
/// <param name="Node">A node that gives them.</param>
internal sealed record ZerosStep(GraphNode Node) : PlanStep
{
    public override int? Made => Node.Index;
}

/// <summary>An activation is left to those who read it, as all of them can while they read.</summary>
/// <param name="Node">The activation.</param>
/// <param name="Input">What it reads.</param>
internal sealed record DeferStep(GraphNode Node, int Input) : PlanStep
{
    public override int? Made => Node.Index;

    public override IEnumerable<int> Read => [Input];

    public override int? LeftSource => Input;
}

/// <summary>A BatchNorm is left to the convolution that reads it.</summary>
/// <param name="Node">The BatchNorm.</param>
/// <param name="Input">What it reads; nobody else does.</param>
/// <param name="NotesSigns">Whether it is to be noted which values are greater than zero.</param>
internal sealed record NormalizeStep(GraphNode Node, int Input, bool NotesSigns) : PlanStep
{
    public override int? Made => Node.Index;

    public override IEnumerable<int> Read => [Input];

    public override int? LeftSource => Input;
}

/// <summary>Images of the same shape are added, some of them normalised first, and an activation follows.</summary>
/// <param name="Node">The node that gives the value: a sum, a BatchNorm, or the activation.</param>
/// <param name="Terms">The terms, one at least.</param>
/// <param name="Activation">The activation; null where there is none.</param>
internal sealed record SumStep(GraphNode Node, ImmutableArray<PlanTerm> Terms, ActivationOperation? Activation) : PlanStep
{
    public override int? Made => Node.Index;

    public override IEnumerable<int> Read => Terms.Select(term => term.Value);
}

/// <summary>A term of a sum.</summary>
/// <param name="Value">The value.</param>
/// <param name="Normalization">The BatchNorm that it goes through first; null where there is none.</param>
/// <param name="MayOverwrite">Whether its memory may become the sum's.</param>
internal sealed record PlanTerm(int Value, GraphNode? Normalization, bool MayOverwrite = false);
