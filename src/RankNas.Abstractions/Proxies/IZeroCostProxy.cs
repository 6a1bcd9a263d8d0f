using static TorchSharp.torch;

namespace RankNas.Proxies;

/// <summary>Scores an untrained network, without training it.</summary>
/// <remarks>Implementations are immutable and safe for concurrent use. A proxy that only watches activations implements
/// <see cref="IActivationProxy"/> instead, so that it shares its forward passes with the others.</remarks>
public interface IZeroCostProxy
{
    /// <summary>Gets the proxy's name: lower case, words joined by hyphens, such as <c>naswot</c>.</summary>
    string Id { get; }

    /// <summary>Gets every setting that changes the score, in one canonical text; part of each stored score's key.</summary>
    string Settings => "";

    /// <summary>Gets which scores are better.</summary>
    ScoreDirection Direction { get; }

    /// <summary>Gets whether <see cref="Score"/> may run while other threads score other networks.</summary>
    /// <value>
    /// The default is <see langword="false"/>: the engine then calls the proxy alone, which is right for whatever takes gradients by
    /// libtorch. A proxy that only counts says <see langword="true"/>; one that runs passes says so and holds
    /// <c>GradientPasses.Shared</c> or <c>GradientPasses.Exclusive</c> while it does.
    /// </value>
    bool IsConcurrent => false;

    /// <summary>Gets what a network must have to be scored.</summary>
    /// <value>
    /// The default is <see cref="NetworkNeeds.None"/>: any module will do. A search of a space whose networks lack it is refused before it begins.
    /// </value>
    NetworkNeeds Needs => NetworkNeeds.None;

    /// <summary>Gets whether the engine may go on with the network and the images that <see cref="Score"/> has had.</summary>
    /// <value>
    /// The default is <see langword="false"/>: the proxy gets a copy of the images, and the next one another network with the same weights, so that a
    /// slip changes no other score. A proxy that leaves both as they were says <see langword="true"/> and saves the time.
    /// </value>
    bool LeavesNetworkUnchanged => false;

    /// <summary>Says what to do where most architectures have one and the same score: a sentence for the notice of a result.</summary>
    /// <param name="score">The score, which may be infinite.</param>
    /// <returns>The sentence; null, the default, where there is nothing to say beyond leaving the proxy out.</returns>
    string? HintFor(double score) => null;

    /// <summary>Scores a network on the device it is on, and leaves it as it was.</summary>
    /// <param name="network">A module from images <c>[N, C, H, W]</c> to logits <c>[N, classes]</c>.</param>
    /// <param name="batch">The images, their labels where there are any, and the noise, on the network's device.</param>
    /// <returns>The score; infinite where it truly is. NaN counts as a failure, and so does an exception.</returns>
    double Score(nn.Module<Tensor, Tensor> network, ProbeBatch batch);
}
