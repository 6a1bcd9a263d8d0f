namespace RankNas;

/// <summary>A network of cells that knows how far its skip connections reach.</summary>
public interface ISkipDepthNetwork
{
    /// <summary>Gets how many nodes of a cell its skip connections pass over, on average; 0 where there are none.</summary>
    double SkipDepth { get; }
}
