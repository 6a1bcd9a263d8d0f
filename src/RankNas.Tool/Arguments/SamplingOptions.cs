using RankNas.Initialization;
using RankNas.Reproduction;
using RankNas.Strategies;

namespace RankNas.Tool.Arguments;

/// <summary><c>--sampling</c>: how random architectures are drawn.</summary>
internal static class SamplingOptions
{
    public const string Uniform = "uniform";

    private const string Authors = "authors";

    public static ChoiceOption Create(string description) => new("--sampling", description, Uniform, Uniform, Authors);

    /// <summary>Tells whether architectures are drawn as the paper's authors do.</summary>
    /// <exception cref="UsageException">The authors have not drawn from the space.</exception>
    public static bool IsAuthors(string? sampling, ISearchSpace space) => sampling == Authors && (AuthorsSampling.IsOf(space)
        ? true
        : throw new UsageException($"--sampling authors is for nats-tss and nats-sss, of which the authors drew, and not for {space.Id}: write --sampling uniform."));

    /// <summary>Draws a sample as the paper's authors do.</summary>
    /// <exception cref="UsageException">There are not so many.</exception>
    public static IReadOnlyList<Architecture> Draw(ISearchSpace space, int count, long seed)
    {
        try
        {
            return AuthorsSampling.DrawSample(space, count, seed);
        }
        catch (ArgumentException)
        {
            throw new UsageException($"--sample is {count}, which are more architectures than the authors' sampling of {space.Id} comes upon: write fewer.");
        }
    }

    /// <summary>Draws distinct viable architectures, each with the same probability.</summary>
    /// <exception cref="UsageException">There are not so many.</exception>
    public static IReadOnlyList<Architecture> DrawUniformly(ISearchSpace space, int count, long seed)
    {
        IReadOnlyCollection<Architecture> drawn = new DistinctDraws(space, new Random((int)StableSeed.Derive(seed, "uniform sampling")), count).Take(count);
        return drawn.Count == count
            ? [.. drawn]
            : throw new UsageException($"--sample is {count}, which are more viable architectures than {space.Id} has: write fewer, or all.");
    }
}
