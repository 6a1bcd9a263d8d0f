using RankNas.Graphs.Operations;

namespace RankNas.Graphs;

/// <summary>What pixels of the images the pixels of a value see: pixel <c>i</c> those from <c>i · step + first</c> to <c>i · step + last</c>.</summary>
internal static class GraphFields
{
    private readonly record struct Span(double Step, double First, double Last)
    {
        public double Size => Last - First + 1;

        public Span Through(int kernel, int stride, int padding, int dilation) =>
            new(Step * stride, First - (padding * Step), Last + (((dilation * (kernel - 1.0)) - padding) * Step));

        public Span And(Span other) => new(Math.Max(Step, other.Step), Math.Min(First, other.First), Math.Max(Last, other.Last));
    }

    public static Size2D ReceptiveFieldOf(NetworkGraph graph)
    {
        var fields = new (Span Rows, Span Columns)?[graph.Nodes.Length];
        (double rows, double columns) = (1, 1);
        foreach (GraphNode node in graph.Nodes.Where(graph.IsLive))
        {
            (Span Rows, Span Columns)? field = FieldOf(node, fields);
            fields[node.Index] = field;
            foreach (int input in field is null ? node.Inputs : [])
            {
                if (fields[input] is { } ended)
                {
                    (rows, columns) = (Math.Max(rows, ended.Rows.Size), Math.Max(columns, ended.Columns.Size));
                }
            }
        }

        return new Size2D((int)Math.Min(rows, int.MaxValue), (int)Math.Min(columns, int.MaxValue));
    }

    // Null where a value is no image any more.
    private static (Span Rows, Span Columns)? FieldOf(GraphNode node, (Span Rows, Span Columns)?[] fields)
    {
        switch (node.Operation)
        {
            case InputOperation:
                return (new Span(1, 0, 0), new Span(1, 0, 0));
            case GlobalPoolingOperation or ReshapeOperation or TransposeOperation or LinearOperation or MatrixProductOperation or ZerosOperation:
                return null;
            case ConvolutionOperation convolution:
                return Slide(fields[node.Inputs[0]], convolution.Kernel, convolution.Stride, convolution.Padding, convolution.Dilation);
            case PoolingOperation pooling:
                return Slide(fields[node.Inputs[0]], pooling.Kernel, pooling.Stride, pooling.Padding, 1);
            default:
                (Span Rows, Span Columns)? joined = null;
                foreach (int input in node.Inputs)
                {
                    joined = (joined, fields[input]) is ({ } left, { } right) ? (left.Rows.And(right.Rows), left.Columns.And(right.Columns)) : joined ?? fields[input];
                }

                return joined;
        }
    }

    private static (Span Rows, Span Columns)? Slide((Span Rows, Span Columns)? field, Size2D kernel, Size2D stride, Size2D padding, Size2D dilation) => field is { } known
        ? (known.Rows.Through(kernel.Height, stride.Height, padding.Height, dilation.Height), known.Columns.Through(kernel.Width, stride.Width, padding.Width, dilation.Width))
        : null;
}
