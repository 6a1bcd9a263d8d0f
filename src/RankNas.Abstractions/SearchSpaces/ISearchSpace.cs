using System.Numerics;
using RankNas.Graphs;

namespace RankNas.SearchSpaces;

/// <summary>A set of architectures, how a strategy moves between them, and how each becomes a network.</summary>
/// <remarks>
/// A space whose architectures are a fixed number of choices derives from <see cref="GenomeSearchSpace"/>, which has all but
/// <see cref="Parse"/>, the notation and <see cref="Describe"/>. Implementations are immutable and safe for concurrent use;
/// all randomness comes from the generator that is passed in.
/// </remarks>
public interface ISearchSpace
{
    /// <summary>Gets the name of the space with every setting that changes its networks; part of each stored score's key.</summary>
    string Id { get; }

    /// <summary>Gets the number of architectures, those that <see cref="IsViable"/> refuses included.</summary>
    BigInteger Count { get; }

    /// <summary>Reads an architecture from its text.</summary>
    /// <exception cref="ArchitectureFormatException">The text names no architecture of this space.</exception>
    Architecture Parse(string text);

    /// <summary>Gets the architecture at a position, in a space of at most 2⁶³ − 1 architectures.</summary>
    /// <param name="index">From 0 to <see cref="Count"/> − 1, in lexicographic order of the genes.</param>
    /// <exception cref="NotSupportedException">The space has too many architectures to have an index.</exception>
    Architecture FromIndex(long index);

    /// <summary>Gets the position of an architecture: the inverse of <see cref="FromIndex"/>.</summary>
    /// <exception cref="NotSupportedException">The space has too many architectures to have an index.</exception>
    long IndexOf(Architecture architecture);

    /// <summary>Tells whether the architecture can work at all. What cannot is neither sampled nor bred.</summary>
    bool IsViable(Architecture architecture);

    /// <summary>Draws a viable architecture, each with the same probability.</summary>
    Architecture Sample(Random random);

    /// <summary>Changes one choice, drawn at random, to a different one; the result is viable.</summary>
    /// <remarks>Where nothing that differs in one choice is viable, the result is the architecture itself.</remarks>
    Architecture Mutate(Architecture architecture, Random random);

    /// <summary>Exchanges the choices between two cut points, drawn at random; both children are viable.</summary>
    (Architecture First, Architecture Second) Crossover(Architecture first, Architecture second, Random random);

    /// <summary>Changes one to all choices, as many and which drawn at random, each to a different one; the result is viable.</summary>
    /// <remarks>Where nothing else is viable, the result is the architecture itself, and a strategy has nowhere to go.</remarks>
    Architecture Neighbor(Architecture architecture, Random random);

    /// <summary>
    /// Gets the representative of all architectures that build the same network; null where the space does not say, so that a search compares
    /// <see cref="NetworkGraph.CanonicalKey"/>.
    /// </summary>
    Architecture? Canonicalize(Architecture architecture) => null;

    /// <summary>Describes an architecture's network, from images <c>[N, Channels, Height, Width]</c> to logits <c>[N, Classes]</c>.</summary>
    /// <param name="architecture">An architecture of this space.</param>
    /// <param name="shape">The images and classes that the network is for: begin by <c>Graph.Images(shape)</c>.</param>
    /// <exception cref="NotSupportedException">The space builds its networks itself: <see cref="IModuleSearchSpace"/>.</exception>
    NetworkGraph Describe(Architecture architecture, NetworkShape shape);
}
