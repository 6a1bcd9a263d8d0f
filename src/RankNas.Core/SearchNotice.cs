namespace RankNas;

/// <summary>Something about a search that makes its result worth less than it looks, and what to do about it.</summary>
/// <param name="Code">What kind of notice it is, the same in every version: lower case, words joined by hyphens, such as <c>scores-failed</c>.</param>
/// <param name="Message">One or two sentences for people.</param>
public sealed record SearchNotice(string Code, string Message)
{
    /// <summary>Returns the message.</summary>
    public override string ToString() => Message;
}
