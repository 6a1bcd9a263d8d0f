namespace RankNas.Graphs.Operations;

/// <summary>The kinds of pooling.</summary>
public enum PoolingKind
{
    /// <summary>The mean.</summary>
    Average,

    /// <summary>The maximum.</summary>
    Max,
}
