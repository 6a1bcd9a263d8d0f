using System.Numerics;
using RankNas.Graphs;

namespace RankNas.SearchSpaces;

/// <summary>A set of architectures, the operators that strategies use on them, and the description of their networks.</summary>
/// <remarks>
/// A space whose architectures are a fixed number of choices derives from <see cref="GenomeSearchSpace"/>, which implements all members except
/// <see cref="Parse"/>, the notation and <see cref="Describe"/>. Implementations are immutable and safe for concurrent use;
/// all randomness comes from the generator that is passed in.
/// </remarks>
public interface ISearchSpace
{
    /// <summary>Gets the name of the space with every setting that changes its networks; part of each stored score's key.</summary>
    string Id { get; }

    /// <summary>Gets the number of architectures, including those that are not viable.</summary>
    BigInteger Count { get; }

    /// <summary>Gets whether <see cref="FromIndex"/> and <see cref="IndexOf"/> work: the space has not too many architectures for it.</summary>
    bool HasIndex => Count <= long.MaxValue;

    /// <summary>Gets the size of the images that the networks are made for; null if they take images of any size. A search resizes its images to it.</summary>
    Size2D? ImageSize => null;

    /// <summary>Reads an architecture from its text.</summary>
    /// <exception cref="ArchitectureFormatException">The text does not name an architecture of this space.</exception>
    Architecture Parse(string text);

    /// <summary>Gets the architecture at a position, in a space of at most 2⁶³ − 1 architectures.</summary>
    /// <param name="index">From 0 to <see cref="Count"/> − 1, in lexicographic order of the genes.</param>
    /// <exception cref="NotSupportedException">The space has too many architectures to have an index.</exception>
    Architecture FromIndex(long index);

    /// <summary>Gets the position of an architecture: the inverse of <see cref="FromIndex"/>.</summary>
    /// <exception cref="NotSupportedException">The space has too many architectures to have an index.</exception>
    long IndexOf(Architecture architecture);

    /// <summary>Tells whether the architecture can work. Others are neither sampled nor bred.</summary>
    bool IsViable(Architecture architecture);

    /// <summary>Samples a viable architecture, uniformly.</summary>
    Architecture Sample(Random random);

    /// <summary>Changes one random choice; the result is viable.</summary>
    /// <remarks>If no architecture that differs in one choice is viable, the result is the architecture itself.</remarks>
    Architecture Mutate(Architecture architecture, Random random);

    /// <summary>Two-point crossover: exchanges the choices between two random cut points; both children are viable.</summary>
    (Architecture First, Architecture Second) Crossover(Architecture first, Architecture second, Random random);

    /// <summary>Changes a random number of random choices, at least one; the result is viable.</summary>
    /// <remarks>If no other architecture is viable, the result is the architecture itself.</remarks>
    Architecture Neighbor(Architecture architecture, Random random);

    /// <summary>
    /// Gets the representative of all architectures that build the same network; null if the space does not define one. A search then compares
    /// <see cref="NetworkGraph.CanonicalKey"/>.
    /// </summary>
    Architecture? Canonicalize(Architecture architecture) => null;

    /// <summary>Describes an architecture's network, from images <c>[N, Channels, Height, Width]</c> to logits <c>[N, Classes]</c>.</summary>
    /// <param name="architecture">An architecture of this space.</param>
    /// <param name="shape">The shape of the images and the number of classes: begin with <c>Graph.Images(shape)</c>.</param>
    /// <exception cref="NotSupportedException">The space builds modules: <see cref="IModuleSearchSpace"/>.</exception>
    NetworkGraph Describe(Architecture architecture, NetworkShape shape);
}
