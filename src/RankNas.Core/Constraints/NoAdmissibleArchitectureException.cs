namespace RankNas.Constraints;

/// <summary>A search's constraints admit nothing, or too little to be found; the message names them.</summary>
public sealed class NoAdmissibleArchitectureException(string message) : InvalidOperationException(message);
