namespace RankNas;

/// <summary>Something that makes the result of a search less reliable, and what to do about it.</summary>
/// <param name="Code">The kind of notice, stable across versions: lower case, words joined by hyphens, such as <c>scores-failed</c>.</param>
/// <param name="Message">One or two sentences for people.</param>
public sealed record SearchNotice(string Code, string Message)
{
    /// <summary>Returns the message.</summary>
    public override string ToString() => Message;
}
