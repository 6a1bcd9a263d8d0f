using RankNas.Constraints;

namespace RankNas.Core.Tests.Docs;

public sealed class NoThinDeepNetwork(PlainSpace space) : IArchitectureConstraint
{
    public string Description => "at least 8 channels a layer";

    public bool Admits(ConstraintCandidate candidate) =>
        space.NumberOf(candidate.Architecture, "width") >= 8 * space.NumberOf(candidate.Architecture, "depth");
}
