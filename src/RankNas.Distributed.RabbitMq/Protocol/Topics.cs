namespace RankNas.Distributed.Protocol;

/// <summary>What members of a cluster listen to. Each one listens to its own name besides.</summary>
internal static class Topics
{
    /// <summary>Searches tell workers of themselves.</summary>
    public const string Searches = "searches";

    /// <summary>Workers tell searches, and whoever looks, of themselves.</summary>
    public const string Workers = "workers";

    /// <summary>Gets the topic of one search or worker.</summary>
    public static string Of(string member) => $"member.{member}";
}
