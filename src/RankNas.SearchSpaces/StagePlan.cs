namespace RankNas.SearchSpaces;

/// <summary>One stage of a network: a cell, or where there is none, a residual block of stride 2.</summary>
internal sealed record StagePlan(CellGraph? Cell, int Channels);
