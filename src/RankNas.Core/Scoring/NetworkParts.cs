namespace RankNas.Scoring;

/// <summary>What of a network is read, each with all before it. Weights and layers take time to make.</summary>
internal enum NetworkParts
{
    /// <summary>The graph alone.</summary>
    Graph,

    /// <summary>The weights by name.</summary>
    Weights,

    /// <summary>The modules.</summary>
    Layers,
}
