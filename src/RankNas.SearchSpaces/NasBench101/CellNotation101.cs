using RankNas.Files;

namespace RankNas.SearchSpaces.NasBench101;

/// <summary>Cells as text: the upper triangle of the adjacency matrix by rows, a colon, and a letter for the operation of each inner vertex.</summary>
internal static class CellNotation101
{
    private const string Letters = "31m";

    public static string Format(CellGraph101 cell)
    {
        Span<char> text = stackalloc char[CellGraph101.BitsOf(CellGraph101.MostVertices) + 1 + CellGraph101.MostInner];
        int length = 0;
        for (int source = 0; source < cell.Vertices - 1; source++)
        {
            for (int target = source + 1; target < cell.Vertices; target++)
            {
                text[length++] = cell.HasEdge(source, target) ? '1' : '0';
            }
        }

        text[length++] = ':';
        for (int vertex = 1; vertex < cell.Vertices - 1; vertex++)
        {
            text[length++] = Letters[(int)cell.OperationOf(vertex)];
        }

        return text[..length].ToString();
    }

    /// <summary>Reads a cell, as it is written.</summary>
    /// <exception cref="ArchitectureFormatException">The text is no cell.</exception>
    public static CellGraph101 Parse(string text)
    {
        string[] parts = text.Trim().Split(':');
        if (parts is not [var matrix, var operations])
        {
            throw Malformed(text, $"it should be two parts joined by ':', not {parts.Length}");
        }

        int vertices = operations.Length + 2;
        if (vertices > CellGraph101.MostVertices || matrix.Length != CellGraph101.BitsOf(vertices))
        {
            throw Malformed(text, vertices > CellGraph101.MostVertices
                ? $"it has {operations.Length} operations, and cells have at most {CellGraph101.MostInner}"
                : $"with {operations.Length} operations it has {vertices} vertices, whose matrix has {CellGraph101.BitsOf(vertices)} digits above the diagonal, not {matrix.Length}");
        }

        return matrix.AsSpan().IndexOfAnyExcept('0', '1') is var digit and >= 0 ? throw Malformed(text, $"'{ShownText.Of(matrix[digit..(digit + 1)])}' is neither 0 nor 1")
            : operations.AsSpan().IndexOfAnyExcept(Letters) is var letter and >= 0 ? throw Malformed(
                text, $"'{ShownText.Of(operations[letter..(letter + 1)])}' is none of 3 (conv3x3-bn-relu), 1 (conv1x1-bn-relu), m (maxpool3x3)")
            : new CellGraph101(vertices, EdgesOf(matrix, vertices), OperationsOf(operations, vertices));
    }

    public static ArchitectureFormatException Malformed(string text, string reason) => new(
        $"'{ShownText.Of(text, ShownText.LineLength)}' is no architecture of {NasBench101Space.Name}: {reason}. "
        + "Write the upper triangle of the matrix by rows and the operations, for example '100000100101110100101:111mm', a module hash, or an index.");

    private static uint EdgesOf(string matrix, int vertices)
    {
        uint edges = 0;
        int place = 0;
        for (int source = 0; source < vertices - 1; source++)
        {
            for (int target = source + 1; target < vertices; target++)
            {
                edges |= matrix[place++] == '1' ? 1u << CellGraph101.BitOf(source, target) : 0;
            }
        }

        return edges;
    }

    private static uint OperationsOf(string letters, int vertices)
    {
        uint operations = 0;
        for (int inner = 0; inner < letters.Length; inner++)
        {
            operations |= CellGraph101.Placed((Operation101)Letters.IndexOf(letters[inner], StringComparison.Ordinal), vertices, inner + 1);
        }

        return operations;
    }
}
