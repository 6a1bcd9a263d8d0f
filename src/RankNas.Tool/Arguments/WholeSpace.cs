using System.Numerics;

namespace RankNas.Tool.Arguments;

/// <summary>The budget that a whole space takes.</summary>
internal static class WholeSpace
{
    /// <exception cref="UsageException">The space has too many architectures to score all of them.</exception>
    public static void ThrowUnlessIndexed(ISearchSpace space)
    {
        if (!space.HasIndex)
        {
            throw new UsageException($"{space.Id} has too many architectures to go through all of them: take a sample, or another strategy than exhaustive.");
        }
    }

    public static IReadOnlyList<Architecture> ViableOf(ISearchSpace space)
    {
        ThrowUnlessIndexed(space);
        return [.. Enumerable.Range(0, BudgetOf(space)).Select(index => space.FromIndex(index)).Where(space.IsViable)];
    }

    public static int BudgetOf(ISearchSpace space) => (int)BigInteger.Min(space.Count, int.MaxValue);
}
