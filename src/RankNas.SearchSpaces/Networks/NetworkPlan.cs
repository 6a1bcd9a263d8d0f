using System.Collections.Immutable;

namespace RankNas;

/// <summary>A whole NATS-Bench network: the stem's width and the stages.</summary>
internal sealed record NetworkPlan(int StemChannels, ImmutableArray<StagePlan> Stages)
{
    public int LastChannels => Stages[^1].OutChannels;

    /// <summary>Gets how many nodes of a cell the skip connections pass over, on average over the cells.</summary>
    public double SkipDepth => Stages.Where(stage => stage.Cell is not null).Average(stage => stage.Cell!.SkipDepth);

    /// <summary>Counts parameters and multiply-accumulates without building anything.</summary>
    public NetworkCost CostOf(NetworkShape shape)
    {
        var cost = new CostCounter(shape.Height, shape.Width);
        cost.AddConvolution(shape.Channels, StemChannels, kernel: 3);
        cost.AddNormalization(StemChannels);
        foreach (StagePlan stage in Stages)
        {
            if (stage.Cell is { } cell)
            {
                AddCell(cost, cell, stage);
            }
            else
            {
                cost.HalveImage();
                cost.AddConvolution(stage.InChannels, stage.OutChannels, kernel: 3);
                cost.AddNormalization(stage.OutChannels);
                cost.AddConvolution(stage.OutChannels, stage.OutChannels, kernel: 3);
                cost.AddNormalization(stage.OutChannels);
                cost.AddConvolution(stage.InChannels, stage.OutChannels, kernel: 1);
            }
        }

        cost.AddNormalization(LastChannels);
        cost.AddLinear(LastChannels, shape.Classes);
        return cost.Total;
    }

    private static void AddCell(CostCounter cost, CellGraph cell, StagePlan stage)
    {
        for (int edge = 0; edge < CellGraph.Edges.Length; edge++)
        {
            int inChannels = CellGraph.Edges[edge].Source == 0 ? stage.InChannels : stage.OutChannels;
            int? kernel = cell.Operations[edge] switch
            {
                CellOperation.Convolution1x1 => 1,
                CellOperation.Convolution3x3 => 3,
                CellOperation.SkipConnect when inChannels != stage.OutChannels => 1,
                _ => null,
            };
            if (kernel is { } size)
            {
                cost.AddConvolution(inChannels, stage.OutChannels, size);
                cost.AddNormalization(stage.OutChannels);
            }
        }
    }
}
