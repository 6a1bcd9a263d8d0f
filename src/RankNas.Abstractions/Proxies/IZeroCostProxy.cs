using static TorchSharp.torch;

namespace RankNas.Proxies;

/// <summary>Scores an untrained network, without training it.</summary>
/// <remarks>Implementations are immutable and safe for concurrent use. A proxy that only observes activations implements
/// <see cref="IActivationProxy"/> instead, so that it shares its forward passes with the others.</remarks>
public interface IZeroCostProxy
{
    /// <summary>Gets the proxy's name: lower case, words joined by hyphens, such as <c>naswot</c>.</summary>
    string Id { get; }

    /// <summary>Gets every setting that changes the score, as one canonical text; part of each stored score's key.</summary>
    string Settings => "";

    /// <summary>Gets which scores are better.</summary>
    ScoreDirection Direction { get; }

    /// <summary>Gets whether <see cref="Score"/> may run while other threads score other networks.</summary>
    /// <value>
    /// The default is <see langword="false"/>: the engine then runs the proxy alone, as gradients by
    /// libtorch require. A proxy that runs no network returns <see langword="true"/>. One that runs networks may return <see langword="true"/> too if it holds
    /// <c>GradientPasses.Shared</c> or <c>GradientPasses.Exclusive</c> during each pass.
    /// </value>
    bool IsConcurrent => false;

    /// <summary>Gets what a network must have to be scored.</summary>
    /// <value>
    /// The default is <see cref="NetworkNeeds.None"/>: any module. A search of a space whose networks do not have it is refused before it begins.
    /// </value>
    NetworkNeeds Needs => NetworkNeeds.None;

    /// <summary>Gets whether the engine may use the network and the images again after <see cref="Score"/>.</summary>
    /// <value>
    /// The default is <see langword="false"/>: the proxy gets a copy of the images, and the next proxy a new network with the same weights, so that
    /// changes affect no other score. A proxy that changes neither returns <see langword="true"/>, which saves this time.
    /// </value>
    bool LeavesNetworkUnchanged => false;

    /// <summary>Gets advice for the case that most architectures have the same score: a sentence for the notice of a result.</summary>
    /// <param name="score">The score, which may be infinite.</param>
    /// <returns>The sentence; null, the default, if the only advice is to leave the proxy out.</returns>
    string? HintFor(double score) => null;

    /// <summary>Gets advice for the case that small networks have the best scores: a sentence for the notice of a result.</summary>
    /// <value>The default is null: it may be right. A proxy whose score falls with size, whatever a network is worth, says what to take instead.</value>
    string? HintWhereSmallIsBest => null;

    /// <summary>Scores a network on its device, without changing it.</summary>
    /// <param name="network">A module from images <c>[N, C, H, W]</c> to logits <c>[N, classes]</c>.</param>
    /// <param name="batch">The images, their labels, if any, and the noise, on the network's device.</param>
    /// <returns>The score, which may be infinite. NaN and exceptions count as failures.</returns>
    double Score(nn.Module<Tensor, Tensor> network, ProbeBatch batch);
}
