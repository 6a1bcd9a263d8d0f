namespace RankNas.Constraints;

/// <summary>No architecture that a search's constraints admit was found; the message names the constraints.</summary>
public sealed class NoAdmissibleArchitectureException(string message) : InvalidOperationException(message);
