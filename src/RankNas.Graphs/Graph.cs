using RankNas.Graphs.Operations;

namespace RankNas.Graphs;

/// <summary>Creates graphs, and combines their values.</summary>
public static class Graph
{
    /// <summary>Starts a graph whose input is images.</summary>
    /// <param name="shape">The shape of the images and the number of classes.</param>
    /// <returns>The images, <c>[C, H, W]</c>.</returns>
    /// <exception cref="GraphException">The shape is that of rows or sequences.</exception>
    public static GraphValue Images(NetworkShape shape)
    {
        ArgumentNullException.ThrowIfNull(shape);
        return shape.Rank == 3 ? Input(shape) : throw new GraphException($"The network takes images [C, H, W], and is given [{shape.InputText.Replace("x", ", ", StringComparison.Ordinal)}]: it is no network for rows or sequences.");
    }

    /// <summary>Starts a graph whose input is images, rows of a table or sequences.</summary>
    /// <param name="shape">The shape of the input and the number of classes.</param>
    /// <returns>The input, of the shape <see cref="NetworkShape.Input"/>.</returns>
    public static GraphValue Input(NetworkShape shape)
    {
        ArgumentNullException.ThrowIfNull(shape);
        return new GraphBuilder(shape).Add(new InputOperation(shape.Input), [], "images");
    }

    /// <summary>Adds values, whose shapes broadcast.</summary>
    /// <param name="values">One or more values.</param>
    /// <exception cref="GraphException">There is none, or the shapes do not fit.</exception>
    public static GraphValue Sum(params IReadOnlyList<GraphValue> values) => Join(values, () => new AddOperation());

    /// <summary>Concatenates values along a dimension.</summary>
    /// <param name="values">One or more values, of equal shapes except in that dimension.</param>
    /// <param name="axis">The dimension, not counting the batch: 0 is the channels of images.</param>
    /// <exception cref="GraphException">There is none, or the shapes do not fit.</exception>
    public static GraphValue Concatenate(IReadOnlyList<GraphValue> values, int axis = 0) => Join(values, () => new ConcatenateOperation(axis));

    private static GraphValue Join(IReadOnlyList<GraphValue> values, Func<GraphOperation> operation)
    {
        ArgumentNullException.ThrowIfNull(values);
        return values switch
        {
            [] => throw new GraphException("There is nothing to join: pass one value at least."),
            [var only] => only,
            [var first, ..] => first.Builder.Add(operation(), [.. values], name: null),
        };
    }
}
