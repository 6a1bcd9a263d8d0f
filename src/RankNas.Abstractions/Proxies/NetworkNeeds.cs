namespace RankNas.Proxies;

/// <summary>What a proxy requires of a network besides being a module.</summary>
[Flags]
public enum NetworkNeeds
{
    /// <summary>Nothing: any module.</summary>
    None = 0,

    /// <summary>A graph: the space describes its networks, and builds no modules itself.</summary>
    Graph = 1,

    /// <summary>A graph with at least two blocks, marked by <c>Block(…)</c>.</summary>
    Blocks = 2,

    /// <summary>A graph with a cell, which is a block with edges, marked by <c>Edge(…)</c>.</summary>
    Cells = 4,
}
