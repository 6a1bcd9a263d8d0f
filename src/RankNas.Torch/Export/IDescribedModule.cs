namespace RankNas;

/// <summary>A module that tells step by step what it computes in evaluation mode, so that it can be exported.</summary>
/// <remarks>
/// Modules of TorchSharp's own need none of this, and neither does a <c>Sequential</c> of them. A module with a <c>forward</c> of its own does.
/// </remarks>
public interface IDescribedModule
{
    /// <summary>Adds what this module computes to a graph.</summary>
    /// <param name="graph">The graph to add to.</param>
    /// <param name="input">What the module is called with.</param>
    /// <returns>What <c>forward</c> returns for it.</returns>
    OnnxValue Describe(INetworkGraph graph, OnnxValue input);
}
