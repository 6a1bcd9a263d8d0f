using System.Numerics;

namespace RankNas.Tool.Arguments;

/// <summary>The budget that a whole space takes.</summary>
internal static class WholeSpace
{
    public static int BudgetOf(ISearchSpace space) => (int)BigInteger.Min(space.Count, int.MaxValue);
}
