using System.Collections.Immutable;
using RankNas.Graphs.Operations;

namespace RankNas.Graphs;

/// <summary>A value of a graph in the making: what one operation gives and others take. Its methods add operations.</summary>
/// <remarks>
/// Layers have names of their own where none is given: <c>conv1</c>, <c>norm1</c>. Every method throws <see cref="GraphException"/>, with one line
/// that says what does not fit. A graph is built on one thread.
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
    /// <param name="channels">The channels that come out.</param>
    /// <param name="kernel">The kernel's size, odd where the padding is left out.</param>
    /// <param name="stride">The stride.</param>
    /// <param name="padding">Zeros around the images; null keeps the size at stride 1.</param>
    /// <param name="dilation">The distance between the kernel's places.</param>
    /// <param name="groups">The groups; as many as there are channels is a depthwise convolution.</param>
    /// <param name="bias">Whether a bias is added.</param>
    /// <param name="name">The layer's name within its scope.</param>
    public GraphValue Conv(
        int channels, Size2D kernel, Size2D? stride = null, Size2D? padding = null, Size2D? dilation = null, int groups = 1, bool bias = false, string? name = null)
    {
        Size2D apart = dilation ?? 1;
        Size2D around = padding ?? new Size2D(apart.Height * (kernel.Height - 1) / 2, apart.Width * (kernel.Width - 1) / 2);
        return Apply(new ConvolutionOperation(channels, kernel, stride ?? 1, around, apart, groups, bias), name);
    }

    /// <summary>Convolves each channel by a kernel of its own.</summary>
    /// <inheritdoc cref="Conv"/>
    public GraphValue DepthwiseConv(Size2D kernel, Size2D? stride = null, Size2D? padding = null, bool bias = false, string? name = null) =>
        Conv(Channels, kernel, stride, padding, groups: Channels, bias: bias, name: name);

    /// <summary>Multiplies the last dimension by a matrix.</summary>
    /// <param name="features">The features that come out.</param>
    /// <param name="bias">Whether a bias is added.</param>
    /// <param name="name">The layer's name within its scope.</param>
    public GraphValue Linear(int features, bool bias = true, string? name = null) => Apply(new LinearOperation(features, bias), name);

    /// <summary>Normalises each channel over the batch.</summary>
    /// <param name="epsilon">What is added to the variance.</param>
    /// <param name="name">The layer's name within its scope.</param>
    public GraphValue BatchNorm(double epsilon = 1e-5, string? name = null) => Apply(new BatchNormOperation(epsilon), name);

    /// <summary>Normalises the last dimension of each position.</summary>
    /// <param name="epsilon">What is added to the variance.</param>
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

    /// <summary>Takes the mean of windows of images.</summary>
    /// <param name="kernel">The window's size.</param>
    /// <param name="stride">The stride; null is the window's size.</param>
    /// <param name="padding">What lies around the images.</param>
    /// <param name="countPadding">Whether padding counts in the mean, as zeros.</param>
    /// <param name="roundUp">Whether a last window that is not whole counts (PyTorch's <c>ceil_mode</c>).</param>
    /// <param name="name">The layer's name within its scope.</param>
    public GraphValue AveragePool(
        Size2D kernel, Size2D? stride = null, Size2D? padding = null, bool countPadding = false, bool roundUp = false, string? name = null) =>
        Apply(new PoolingOperation(PoolingKind.Average, kernel, stride ?? kernel, padding ?? 0, countPadding, roundUp), name);

    /// <summary>Takes the largest of windows of images.</summary>
    /// <inheritdoc cref="AveragePool"/>
    public GraphValue MaxPool(Size2D kernel, Size2D? stride = null, Size2D? padding = null, bool roundUp = false, string? name = null) =>
        Apply(new PoolingOperation(PoolingKind.Max, kernel, stride ?? kernel, padding ?? 0, CountsPadding: false, roundUp), name);

    /// <summary>Takes the mean of each channel of images.</summary>
    /// <param name="keepDimensions">Whether it comes out as <c>[C, 1, 1]</c>, to multiply images by, and not as <c>[C]</c>.</param>
    /// <param name="name">The layer's name within its scope.</param>
    public GraphValue GlobalAveragePool(bool keepDimensions = false, string? name = null) =>
        Apply(new GlobalPoolingOperation(PoolingKind.Average, keepDimensions), name);

    /// <summary>Takes the largest of each channel of images.</summary>
    /// <inheritdoc cref="GlobalAveragePool"/>
    public GraphValue GlobalMaxPool(bool keepDimensions = false, string? name = null) => Apply(new GlobalPoolingOperation(PoolingKind.Max, keepDimensions), name);

    /// <summary>Takes a part of a dimension.</summary>
    /// <param name="axis">The dimension, not counting the batch.</param>
    /// <param name="start">Where the part begins.</param>
    /// <param name="length">How long it is.</param>
    public GraphValue Slice(int axis, int start, int length) => Apply(new SliceOperation(axis, start, length), name: null);

    /// <summary>Lays all dimensions but the batch out in one.</summary>
    public GraphValue Flatten() => Reshape(checked((int)Shape.Aggregate(1L, (product, size) => product * size)));

    /// <summary>Takes the same values, in the order in which they lie in <c>[C, H, W]</c>, as another shape.</summary>
    /// <param name="shape">The shape without the batch.</param>
    public GraphValue Reshape(params ReadOnlySpan<int> shape) => Apply(new ReshapeOperation([.. shape]), name: null);

    /// <summary>Exchanges dimensions.</summary>
    /// <param name="axes">Which of the old dimensions each of the new ones is, not counting the batch.</param>
    public GraphValue Transpose(params ReadOnlySpan<int> axes) => Apply(new TransposeOperation([.. axes]), name: null);

    /// <summary>Divides eˣ by its sum over a dimension.</summary>
    /// <param name="axis">The dimension, not counting the batch; from the end where negative.</param>
    public GraphValue Softmax(int axis = -1) => Apply(new SoftmaxOperation(axis < 0 ? axis + Shape.Length : axis), name: null);

    /// <summary>Multiplies matrices, which the last two dimensions are; those before them are alike or 1.</summary>
    /// <param name="right">The second factor.</param>
    public GraphValue MatrixProduct(GraphValue right)
    {
        ArgumentNullException.ThrowIfNull(right);
        return Builder.Add(new MatrixProductOperation(), [this, right], name: null);
    }

    /// <summary>Multiplies by a number.</summary>
    /// <param name="factor">The number.</param>
    public GraphValue Scale(double factor) => Apply(new ScaleOperation(factor), name: null);

    /// <summary>Makes zeros of a shape, one set for each image, such as a node of a cell that nothing leads to.</summary>
    /// <param name="shape">The shape without the batch.</param>
    public GraphValue Zeros(params ReadOnlySpan<int> shape) => Builder.Add(new ZerosOperation([.. shape]), [], name: null);

    /// <summary>Passes the value on as it is, under a name.</summary>
    /// <param name="name">The layer's name within its scope.</param>
    public GraphValue Identity(string? name = null) => Apply(new IdentityOperation(), name);

    /// <summary>Sets values to 0 at random in training.</summary>
    /// <param name="probability">The share of them, from 0 to below 1.</param>
    /// <param name="name">The layer's name within its scope.</param>
    public GraphValue Dropout(double probability = 0.5, string? name = null) => Apply(new DropoutOperation(probability), name);

    /// <summary>Puts a trainable token before the others, <c>[tokens, F]</c> to <c>[tokens + 1, F]</c>.</summary>
    /// <param name="name">The parameter's name within its scope.</param>
    public GraphValue ClassToken(string? name = null) => Apply(new ClassTokenOperation(), name);

    /// <summary>Adds a trainable value to each position, <c>[tokens, F]</c>.</summary>
    /// <param name="name">The parameter's name within its scope.</param>
    public GraphValue PositionEmbedding(string? name = null) => Apply(new PositionEmbeddingOperation(), name);

    /// <summary>Adds operations whose names begin with a path.</summary>
    /// <param name="scope">The path within the scope at hand.</param>
    /// <param name="body">Adds them.</param>
    public GraphValue Within(string scope, Func<GraphValue, GraphValue> body)
    {
        ArgumentNullException.ThrowIfNull(body);
        return Builder.Within(this, scope, body);
    }

    /// <summary>Adds a block: what proxies by blocks watch, drawings show, and whose nodes' names begin with its own.</summary>
    /// <param name="name">Its path, such as <c>cells.3</c>.</param>
    /// <param name="body">Adds its operations.</param>
    /// <param name="kind">What it is, for those who read.</param>
    public GraphValue Block(string name, Func<GraphValue, GraphValue> body, string kind = "block")
    {
        ArgumentNullException.ThrowIfNull(body);
        return Builder.Block(this, name, kind, body);
    }

    /// <summary>Adds the operations of an edge of a cell; this value is the node that it starts from.</summary>
    /// <param name="source">The cell's node that it starts from; the cell's input is 0.</param>
    /// <param name="target">The cell's node that it leads to.</param>
    /// <param name="operation">The operation as the space names it.</param>
    /// <param name="body">Adds the operations; one that returns what it gets makes a skip connection.</param>
    /// <param name="isSkip">Whether it counts as a skip connection; null tells by what the body returns.</param>
    public GraphValue Edge(int source, int target, string operation, Func<GraphValue, GraphValue> body, bool? isSkip = null)
    {
        ArgumentNullException.ThrowIfNull(body);
        return Builder.Edge(this, new GraphEdge(source, target, operation, isSkip ?? false), body, isSkip is null);
    }

    /// <summary>Notes an edge of a cell that nothing passes, for drawings.</summary>
    /// <inheritdoc cref="Edge"/>
    public void NoEdge(int source, int target, string operation = "none") => Builder.NoteEdge(new GraphEdge(source, target, operation, IsNone: true));

    /// <summary>Ends the graph with this value as its output, <c>[classes]</c>.</summary>
    /// <exception cref="GraphException">The value has not one number for each class.</exception>
    public NetworkGraph Build() => Builder.Build(this);

    private GraphValue Apply(GraphOperation operation, string? name) => Builder.Add(operation, [this], name);
}
