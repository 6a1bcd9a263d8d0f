using RankNas.Proxies;

namespace RankNas.Torch;

/// <summary>A proxy that reads a network's graph and weights alone, so that nobody need make layers for it.</summary>
internal interface IGraphReader : IZeroCostProxy
{
    /// <summary>Gets whether it reads the weights.</summary>
    bool ReadsWeights => true;
}
