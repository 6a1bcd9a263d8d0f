namespace RankNas.Proxies;

/// <summary>What a proxy needs of a network beyond being a module.</summary>
[Flags]
public enum NetworkNeeds
{
    /// <summary>Nothing: any module will do.</summary>
    None = 0,

    /// <summary>A graph: the space describes its networks, and builds no modules itself.</summary>
    Graph = 1,

    /// <summary>A graph with two blocks at least, marked by <c>Block(…)</c>.</summary>
    Blocks = 2,

    /// <summary>A graph with a cell, which is a block with edges, marked by <c>Edge(…)</c>.</summary>
    Cells = 4,
}
