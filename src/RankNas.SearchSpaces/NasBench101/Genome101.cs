namespace RankNas.SearchSpaces.NasBench101;

/// <summary>Cells as genes: 21 for the edges of seven vertices, and five operations. A smaller cell has vertices without edges.</summary>
internal static class Genome101
{
    public const int Operations = 3;

    public static readonly int Edges = CellGraph101.BitsOf(CellGraph101.MostVertices);
    public static readonly int Length = Edges + CellGraph101.MostInner;

    public static int AllelesOf(int gene) => gene < Edges ? 2 : Operations;

    public static int[] Of(CellGraph101 cell)
    {
        int[] genes = new int[Length];
        for (int target = 1; target < cell.Vertices; target++)
        {
            for (int source = 0; source < target; source++)
            {
                genes[CellGraph101.BitOf(source, target == cell.Vertices - 1 ? CellGraph101.MostVertices - 1 : target)] = cell.HasEdge(source, target) ? 1 : 0;
            }
        }

        for (int vertex = 1; vertex < cell.Vertices - 1; vertex++)
        {
            genes[Edges + vertex - 1] = (int)cell.OperationOf(vertex);
        }

        return genes;
    }

    /// <summary>Gets the cell of genes, without what does not matter to it, in canonical form.</summary>
    /// <returns>The cell; null where it is none of the benchmark's.</returns>
    public static CellGraph101? Decode(ReadOnlySpan<int> genes)
    {
        uint edges = 0, operations = 0;
        for (int gene = 0; gene < Edges; gene++)
        {
            edges |= (uint)genes[gene] << gene;
        }

        for (int inner = 0; inner < CellGraph101.MostInner; inner++)
        {
            operations |= CellGraph101.Placed((Operation101)genes[Edges + inner], CellGraph101.MostVertices, inner + 1);
        }

        CellGraph101 cell = new CellGraph101(CellGraph101.MostVertices, edges, operations).Prune();
        return cell.IsInBenchmark ? cell.Canonicalize() : null;
    }
}
