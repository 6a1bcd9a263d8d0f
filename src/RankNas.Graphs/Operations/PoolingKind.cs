namespace RankNas.Graphs.Operations;

/// <summary>What pooling takes of a window.</summary>
public enum PoolingKind
{
    /// <summary>The mean.</summary>
    Average,

    /// <summary>The largest.</summary>
    Max,
}
