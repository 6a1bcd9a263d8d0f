namespace RankNas.Distributed.Protocol;

/// <summary>The kinds of messages. None of them names a type or carries code.</summary>
internal static class MessageKinds
{
    public const string Announcement = "announcement";
    public const string SearchOver = "search-over";
    public const string WhoIsThere = "who-is-there";
    public const string Presence = "presence";
    public const string ImagesWanted = "images-wanted";
    public const string ImagesPart = "images-part";
    public const string Unit = "unit";
    public const string Reply = "reply";
}
