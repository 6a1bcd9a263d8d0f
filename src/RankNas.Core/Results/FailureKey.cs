namespace RankNas.Results;

/// <summary>What tells failures from others; several proxies may share one, as of networks that cannot be built.</summary>
/// <param name="Count">How many architectures failed.</param>
/// <param name="Example">The first of them.</param>
/// <param name="Reason">Why, without control characters.</param>
/// <param name="IsNotApplicable">Whether the reason is a sentence of the proxy itself, such as <c>naswot saw no ReLU</c>.</param>
internal sealed record FailureKey(int Count, string Example, string Reason, bool IsNotApplicable);
