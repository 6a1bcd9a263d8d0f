namespace RankNas.Search;

/// <summary>A strategy as results name it; what it says of itself later changes nothing.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Settings">Its settings, in canonical text.</param>
internal sealed record StrategyDescriptor(string Id, string Settings);
