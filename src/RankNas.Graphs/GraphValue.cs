using System.Collections.Immutable;
using RankNas.Graphs.Operations;

namespace RankNas.Graphs;

/// <summary>A value of a graph under construction: the output of one operation and the input of others. Its methods add operations.</summary>
/// <remarks>
/// Layers without a name are named automatically: <c>conv1</c>, <c>norm1</c>. Every method throws <see cref="GraphException"/> for invalid arguments, with a message
/// of one line. Not thread-safe while the graph is built.
/// </remarks>
public sealed class GraphValue
{
    internal GraphValue(GraphBuilder builder, int index, ImmutableArray<int> shape) => (Builder, Index, Shape) = (builder, index, shape);

    /// <summary>Gets the shape without the batch: <c>[C, H, W]</c>, <c>[F]</c>, <c>[tokens, F]</c>.</summary>
    public ImmutableArray<int> Shape { get; }

    /// <summary>Gets the number of channels of images, or of features of anything else.</summary>
    public int Channels => Shape.Length == 3 ? Shape[0] : Shape[^1];

    internal GraphBuilder Builder { get; }

    internal int Index { get; }

    /// <summary>Adds two values, whose shapes broadcast.</summary>
    public static GraphValue operator +(GraphValue left, GraphValue right) => Add(left, right);

    /// <summary>Multiplies two values element by element; their shapes broadcast.</summary>
    public static GraphValue operator *(GraphValue left, GraphValue right) => Multiply(left, right);

    /// <summary>Adds two values, as <c>left + right</c>.</summary>
    public static GraphValue Add(GraphValue left, GraphValue right) => Graph.Sum(left, right);

    /// <summary>Multiplies two values, as <c>left * right</c>.</summary>
    public static GraphValue Multiply(GraphValue left, GraphValue right)
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        return left.Builder.Add(new MultiplyOperation(), [left, right], name: null);
    }

    /// <summary>Convolves images <c>[C, H, W]</c>.</summary>
    /// <param name="channels">The number of output channels.</param>
    /// <param name="kernel">The kernel size, odd if the padding is null.</param>
    /// <param name="stride">The stride.</param>
    /// <param name="padding">Zeros around the images; null keeps the size at stride 1.</param>
    /// <param name="dilation">The spacing between kernel elements.</param>
    /// <param name="groups">The number of groups; equal to the number of channels for a depthwise convolution.</param>
    /// <param name="bias">Whether a bias is added.</param>
    /// <param name="name">The layer's name within its scope.</param>
    public GraphValue Conv(
        int channels, Size2D kernel, Size2D? stride = null, Size2D? padding = null, Size2D? dilation = null, int groups = 1, bool bias = false, string? name = null)
    {
        Size2D apart = dilation ?? 1;
        Size2D around = padding ?? new Size2D(apart.Height * (kernel.Height - 1) / 2, apart.Width * (kernel.Width - 1) / 2);
        return Apply(new ConvolutionOperation(channels, kernel, stride ?? 1, around, apart, groups, bias), name);
    }

    /// <summary>Depthwise convolution: convolves each channel by its own kernel.</summary>
    /// <inheritdoc cref="Conv"/>
    public GraphValue DepthwiseConv(Size2D kernel, Size2D? stride = null, Size2D? padding = null, bool bias = false, string? name = null) =>
        Conv(Channels, kernel, stride, padding, groups: Channels, bias: bias, name: name);

    /// <summary>Multiplies the last dimension by a matrix.</summary>
    /// <param name="features">The number of output features.</param>
    /// <param name="bias">Whether a bias is added.</param>
    /// <param name="name">The layer's name within its scope.</param>
    public GraphValue Linear(int features, bool bias = true, string? name = null) => Apply(new LinearOperation(features, bias), name);

    /// <summary>Normalises each channel over the batch.</summary>
    /// <param name="epsilon">The constant added to the variance.</param>
    /// <param name="name">The layer's name within its scope.</param>
    public GraphValue BatchNorm(double epsilon = 1e-5, string? name = null) => Apply(new BatchNormOperation(epsilon), name);

    /// <summary>Normalises the last dimension of each position.</summary>
    /// <param name="epsilon">The constant added to the variance.</param>
    /// <param name="name">The layer's name within its scope.</param>
    public GraphValue LayerNorm(double epsilon = 1e-5, string? name = null) => Apply(new LayerNormOperation(epsilon), name);

    /// <summary>Applies a function element by element.</summary>
    /// <param name="function">The function.</param>
    /// <param name="name">The layer's name within its scope.</param>
    public GraphValue Activation(ActivationFunction function, string? name = null) => Apply(new ActivationOperation(function), name);

    /// <summary>max(0, x).</summary>
    public GraphValue Relu(string? name = null) => Activation(ActivationFunction.Relu, name);

    /// <summary>min(max(0, x), 6).</summary>
    public GraphValue Relu6(string? name = null) => Activation(ActivationFunction.Relu6, name);

    /// <summary>x, and where negative x · <paramref name="slope"/>.</summary>
    public GraphValue LeakyRelu(double slope = 0.01, string? name = null) => Apply(new ActivationOperation(ActivationFunction.LeakyRelu, slope), name);

    /// <summary>x / (1 + e⁻ˣ), also called swish.</summary>
    public GraphValue Silu(string? name = null) => Activation(ActivationFunction.Silu, name);

    /// <summary>x · Φ(x), by the error function.</summary>
    public GraphValue Gelu(string? name = null) => Activation(ActivationFunction.Gelu, name);

    /// <summary>x · min(max(x + 3, 0), 6) / 6.</summary>
    public GraphValue HardSwish(string? name = null) => Activation(ActivationFunction.HardSwish, name);

    /// <summary>1 / (1 + e⁻ˣ).</summary>
    public GraphValue Sigmoid(string? name = null) => Activation(ActivationFunction.Sigmoid, name);

    /// <summary>min(max(x + 3, 0), 6) / 6.</summary>
    public GraphValue HardSigmoid(string? name = null) => Activation(ActivationFunction.HardSigmoid, name);

    /// <summary>tanh x.</summary>
    public GraphValue Tanh(string? name = null) => Activation(ActivationFunction.Tanh, name);

    /// <summary>Average pooling of images.</summary>
    /// <param name="kernel">The window's size.</param>
    /// <param name="stride">The stride; null is the window's size.</param>
    /// <param name="padding">The padding around the images.</param>
    /// <param name="countPadding">Whether padding counts in the mean, as zeros.</param>
    /// <param name="roundUp">Whether a last partial window counts (PyTorch's <c>ceil_mode</c>).</param>
    /// <param name="name">The layer's name within its scope.</param>
    public GraphValue AveragePool(
        Size2D kernel, Size2D? stride = null, Size2D? padding = null, bool countPadding = false, bool roundUp = false, string? name = null) =>
        Apply(new PoolingOperation(PoolingKind.Average, kernel, stride ?? kernel, padding ?? 0, countPadding, roundUp), name);

    /// <summary>Max pooling of images.</summary>
    /// <inheritdoc cref="AveragePool"/>
    public GraphValue MaxPool(Size2D kernel, Size2D? stride = null, Size2D? padding = null, bool roundUp = false, string? name = null) =>
        Apply(new PoolingOperation(PoolingKind.Max, kernel, stride ?? kernel, padding ?? 0, CountsPadding: false, roundUp), name);

    /// <summary>Global average pooling: the mean of each channel.</summary>
    /// <param name="keepDimensions">Whether the output is <c>[C, 1, 1]</c>, which broadcasts with images, instead of <c>[C]</c>.</param>
    /// <param name="name">The layer's name within its scope.</param>
    public GraphValue GlobalAveragePool(bool keepDimensions = false, string? name = null) =>
        Apply(new GlobalPoolingOperation(PoolingKind.Average, keepDimensions), name);

    /// <summary>Global max pooling: the maximum of each channel.</summary>
    /// <inheritdoc cref="GlobalAveragePool"/>
    public GraphValue GlobalMaxPool(bool keepDimensions = false, string? name = null) => Apply(new GlobalPoolingOperation(PoolingKind.Max, keepDimensions), name);

    /// <summary>Takes a slice of a dimension.</summary>
    /// <param name="axis">The dimension, not counting the batch.</param>
    /// <param name="start">The first index.</param>
    /// <param name="length">The length of the slice.</param>
    public GraphValue Slice(int axis, int start, int length) => Apply(new SliceOperation(axis, start, length), name: null);

    /// <summary>Flattens all dimensions except the batch.</summary>
    public GraphValue Flatten() => Reshape(checked((int)Shape.Aggregate(1L, (product, size) => product * size)));

    /// <summary>Reshapes the value, in the element order of <c>[C, H, W]</c>.</summary>
    /// <param name="shape">The shape without the batch.</param>
    public GraphValue Reshape(params ReadOnlySpan<int> shape) => Apply(new ReshapeOperation([.. shape]), name: null);

    /// <summary>Permutes dimensions.</summary>
    /// <param name="axes">The old dimension for each new one, not counting the batch.</param>
    public GraphValue Transpose(params ReadOnlySpan<int> axes) => Apply(new TransposeOperation([.. axes]), name: null);

    /// <summary>Softmax: eˣ divided by its sum over a dimension.</summary>
    /// <param name="axis">The dimension, not counting the batch; counted from the end if negative.</param>
    public GraphValue Softmax(int axis = -1) => Apply(new SoftmaxOperation(axis < 0 ? axis + Shape.Length : axis), name: null);

    /// <summary>Multiplies matrices in the last two dimensions; the dimensions before them are equal or 1.</summary>
    /// <param name="right">The second factor.</param>
    public GraphValue MatrixProduct(GraphValue right)
    {
        ArgumentNullException.ThrowIfNull(right);
        return Builder.Add(new MatrixProductOperation(), [this, right], name: null);
    }

    /// <summary>Multiplies by a number.</summary>
    /// <param name="factor">The number.</param>
    public GraphValue Scale(double factor) => Apply(new ScaleOperation(factor), name: null);

    /// <summary>Creates zeros of a shape for each image, such as a cell's node without incoming edges.</summary>
    /// <param name="shape">The shape without the batch.</param>
    public GraphValue Zeros(params ReadOnlySpan<int> shape) => Builder.Add(new ZerosOperation([.. shape]), [], name: null);

    /// <summary>The identity, under a name.</summary>
    /// <param name="name">The layer's name within its scope.</param>
    public GraphValue Identity(string? name = null) => Apply(new IdentityOperation(), name);

    /// <summary>Dropout: sets random values to 0 in training.</summary>
    /// <param name="probability">Their share, from 0 to below 1.</param>
    /// <param name="name">The layer's name within its scope.</param>
    public GraphValue Dropout(double probability = 0.5, string? name = null) => Apply(new DropoutOperation(probability), name);

    /// <summary>Prepends a trainable token, <c>[tokens, F]</c> to <c>[tokens + 1, F]</c>.</summary>
    /// <param name="name">The parameter's name within its scope.</param>
    public GraphValue ClassToken(string? name = null) => Apply(new ClassTokenOperation(), name);

    /// <summary>Adds a trainable value to each position, <c>[tokens, F]</c>.</summary>
    /// <param name="name">The parameter's name within its scope.</param>
    public GraphValue PositionEmbedding(string? name = null) => Apply(new PositionEmbeddingOperation(), name);

    /// <summary>Adds operations whose names have a prefix.</summary>
    /// <param name="scope">The prefix, within the current scope.</param>
    /// <param name="body">Adds the operations.</param>
    public GraphValue Within(string scope, Func<GraphValue, GraphValue> body)
    {
        ArgumentNullException.ThrowIfNull(body);
        return Builder.Within(this, scope, body);
    }

    /// <summary>Adds a block, which drawings show and some proxies observe. The names of its nodes begin with its name.</summary>
    /// <param name="name">Its path, such as <c>cells.3</c>.</param>
    /// <param name="body">Adds its operations.</param>
    /// <param name="kind">Its kind, for people.</param>
    public GraphValue Block(string name, Func<GraphValue, GraphValue> body, string kind = "block")
    {
        ArgumentNullException.ThrowIfNull(body);
        return Builder.Block(this, name, kind, body);
    }

    /// <summary>Adds the operations of an edge of a cell; this value is its source node.</summary>
    /// <param name="source">The source node in the cell; the cell's input is 0.</param>
    /// <param name="target">The target node in the cell.</param>
    /// <param name="operation">The operation as the space names it.</param>
    /// <param name="body">Adds the operations; a body that returns its argument makes a skip connection.</param>
    /// <param name="isSkip">Whether it counts as a skip connection; null decides by the body's return value.</param>
    public GraphValue Edge(int source, int target, string operation, Func<GraphValue, GraphValue> body, bool? isSkip = null)
    {
        ArgumentNullException.ThrowIfNull(body);
        return Builder.Edge(this, new GraphEdge(source, target, operation, isSkip ?? false), body, isSkip is null);
    }

    /// <summary>Marks an edge of a cell without an operation, for drawings.</summary>
    /// <inheritdoc cref="Edge"/>
    public void NoEdge(int source, int target, string operation = "none") => Builder.NoteEdge(new GraphEdge(source, target, operation, IsNone: true));

    /// <summary>Ends the graph with this value as its output, <c>[classes]</c>.</summary>
    /// <exception cref="GraphException">The value does not have one element per class.</exception>
    public NetworkGraph Build() => Builder.Build(this);

    private GraphValue Apply(GraphOperation operation, string? name) => Builder.Add(operation, [this], name);
}
