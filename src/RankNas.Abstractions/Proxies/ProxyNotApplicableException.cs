namespace RankNas;

/// <summary>A proxy has nothing to look at in a network, so that any number would mean nothing.</summary>
/// <remarks>Its message becomes the reason of the failed score as it is; a search that ends puts "in 24 of 24 networks" after it.</remarks>
/// <param name="message">What the proxy did not see, without a full stop: <c>naswot saw no ReLU</c>.</param>
public sealed class ProxyNotApplicableException(string message) : InvalidOperationException(message);
