using System.Buffers;
using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using RankNas.Graphs.Json;
using RankNas.Graphs.Operations;

namespace RankNas.Graphs;

/// <summary>Finds what a graph has in common with all that compute the same.</summary>
/// <remarks>
/// The graph is reduced to terms: equal operations without weights on equal terms are one, sums are multisets of terms, zeros are dropped. Each term then gets a colour
/// from what it is computed from, another from who reads it, and the key is the output's colour from both, so that it tells layers that are shared from layers alike
/// (the refinement of Weisfeiler and Leman).
/// </remarks>
internal sealed class CanonicalForm
{
    // Residual networks are sums of all their blocks; longer ones are not worth the time.
    private const int MostTerms = 256;

    private readonly NetworkGraph _graph;
    private readonly List<Term> _terms = [];
    private readonly Dictionary<UInt128, int> _known = [];
    private readonly Dictionary<GraphOperation, UInt128> _operations = [];
    private readonly ArrayBufferWriter<byte> _buffer = new();
    private readonly bool[] _hasWeights;

    private CanonicalForm(NetworkGraph graph)
    {
        (_graph, _hasWeights) = (graph, new bool[graph.Nodes.Length]);
        foreach (GraphParameter parameter in graph.Parameters)
        {
            _hasWeights[parameter.Node] = true;
        }
    }

    private enum TermKind
    {
        Ordered,
        Commutative,
        Sum,
        Zeros,
    }

    public static string KeyOf(NetworkGraph graph)
    {
        var form = new CanonicalForm(graph);
        int[] terms = new int[graph.Nodes.Length];
        foreach (GraphNode node in graph.Nodes.Where(graph.IsLive))
        {
            terms[node.Index] = form.Reduce(node, [.. node.Inputs.Select(input => terms[input])]);
        }

        Span<byte> key = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(key, form.ColourOf(terms[graph.Output.Index]));
        return Convert.ToHexStringLower(key);
    }

    private int Reduce(GraphNode node, ImmutableArray<int> inputs) => node.Operation switch
    {
        _ when IsZero(node.Operation, inputs) => Zeros(node.Shape),
        AddOperation => Sum(node.Shape, inputs),
        _ when PassesOn(node) => inputs[0],
        _ => Intern(
            new Term(node.Operation is MultiplyOperation ? TermKind.Commutative : TermKind.Ordered, Code(node.Operation), node.Shape, [.. inputs.Select(input => (input, UInt128.One))]),
            isAlone: _hasWeights[node.Index]),
    };

    private bool PassesOn(GraphNode node) => node.Operation switch
    {
        IdentityOperation or DropoutOperation { Probability: 0 } or ScaleOperation { Factor: 1 } => true,
        ReshapeOperation or SliceOperation => node.Shape.SequenceEqual(_graph.Nodes[node.Inputs[0]].Shape),
        TransposeOperation transpose => transpose.Axes.SequenceEqual(Enumerable.Range(0, transpose.Axes.Length)),
        PoolingOperation pooling => pooling.Kernel == 1 && pooling.Stride == 1,
        _ => false,
    };

    // Whatever the weights, where biases of normalisations are as they begin.
    private bool IsZero(GraphOperation operation, ImmutableArray<int> inputs) => operation switch
    {
        ZerosOperation or ScaleOperation { Factor: 0 } => true,
        InputOperation or ConvolutionOperation { HasBias: true } or LinearOperation { HasBias: true } or ClassTokenOperation or PositionEmbeddingOperation or SoftmaxOperation
            or ActivationOperation { Function: ActivationFunction.Sigmoid or ActivationFunction.HardSigmoid or ActivationFunction.Softplus } => false,
        MultiplyOperation or MatrixProductOperation => inputs.Any(IsZero),
        _ => inputs.All(IsZero),
    };

    private bool IsZero(int term) => _terms[term].Kind == TermKind.Zeros;

    private int Zeros(ImmutableArray<int> shape) => Intern(new Term(TermKind.Zeros, Code(new ZerosOperation(shape)), shape, []));

    private int Sum(ImmutableArray<int> shape, ImmutableArray<int> inputs)
    {
        var counts = new SortedDictionary<int, UInt128>();
        foreach (int input in inputs.Where(input => !IsZero(input)))
        {
            Term term = _terms[input];
            foreach ((int part, UInt128 count) in term.Kind == TermKind.Sum && term.Inputs.Length <= MostTerms ? term.Inputs : [(input, UInt128.One)])
            {
                counts[part] = counts.GetValueOrDefault(part) + count;
            }
        }

        if (!counts.Keys.Select(term => _terms[term].Shape).Aggregate((ImmutableArray<int>)[], GraphOperation.Broadcast).SequenceEqual(shape))
        {
            // The zeros make the sum as large as it is.
            counts[Zeros(shape)] = 1;
        }

        return counts.Count == 1 && counts.First() is { Key: var only, Value: var times } && times == 1
            ? only
            : Intern(new Term(TermKind.Sum, Code(new AddOperation()), shape, [.. counts.Select(pair => (pair.Key, pair.Value))]));
    }

    // A layer with weights of its own is like no other.
    private int Intern(Term term, bool isAlone = false)
    {
        UInt128 code = isAlone ? 0 : Hash(term, [.. term.Inputs.Select(input => ((UInt128)input.Term, input.Count))]);
        if (isAlone || !_known.TryGetValue(code, out int index))
        {
            index = _terms.Count;
            _terms.Add(term);
            if (!isAlone)
            {
                _known.Add(code, index);
            }
        }

        return index;
    }

    private UInt128 ColourOf(int output)
    {
        UInt128[] fromInputs = ColoursFromInputs(output, new UInt128[output + 1]);
        return ColoursFromInputs(output, ColoursFromReaders(output, fromInputs))[output];
    }

    private UInt128[] ColoursFromInputs(int output, UInt128[] own)
    {
        var colours = new UInt128[output + 1];
        for (int index = 0; index <= output; index++)
        {
            Term term = _terms[index];
            colours[index] = Hash(term, [.. term.Inputs.Select(input => (colours[input.Term], input.Count))], own[index]);
        }

        return colours;
    }

    // What the output does not depend on has no readers, and colours nothing.
    private UInt128[] ColoursFromReaders(int output, UInt128[] fromInputs)
    {
        var readers = new List<(UInt128 Reader, UInt128 Place)>?[output + 1];
        readers[output] = [(0, 0)];
        var colours = new UInt128[output + 1];
        for (int index = output; index >= 0; index--)
        {
            if (readers[index] is { } own)
            {
                own.Sort();
                colours[index] = Hash(own, fromInputs[index]);
                foreach ((int place, (int input, UInt128 count)) in _terms[index].Inputs.Index())
                {
                    (readers[input] ??= []).Add((colours[index], _terms[index].Kind == TermKind.Ordered ? (UInt128)place : count));
                }
            }
        }

        return colours;
    }

    private UInt128 Code(GraphOperation operation)
    {
        if (!_operations.TryGetValue(operation, out UInt128 code))
        {
            code = First(SHA256.HashData(operation is InputOperation input
                ? Encoding.UTF8.GetBytes(GraphOperation.TextOf(input.Shape))
                : JsonSerializer.SerializeToUtf8Bytes(operation, GraphJson.Default.GraphOperation)));
            _operations.Add(operation, code);
        }

        return code;
    }

    private UInt128 Hash(Term term, (UInt128 Colour, UInt128 Count)[] inputs, UInt128 own = default)
    {
        if (term.Kind != TermKind.Ordered)
        {
            Array.Sort(inputs);
        }

        return Hash(inputs, own, term.Operation);
    }

    private UInt128 Hash(IEnumerable<(UInt128 Colour, UInt128 Count)> pairs, params ReadOnlySpan<UInt128> others)
    {
        _buffer.ResetWrittenCount();
        foreach (UInt128 other in others)
        {
            Write(other);
        }

        foreach ((UInt128 colour, UInt128 count) in pairs)
        {
            Write(colour);
            Write(count);
        }

        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(_buffer.WrittenSpan, hash);
        return First(hash);
    }

    private void Write(UInt128 value)
    {
        BinaryPrimitives.WriteUInt128BigEndian(_buffer.GetSpan(16), value);
        _buffer.Advance(16);
    }

    private static UInt128 First(ReadOnlySpan<byte> hash) => BinaryPrimitives.ReadUInt128BigEndian(hash);

    private sealed record Term(TermKind Kind, UInt128 Operation, ImmutableArray<int> Shape, ImmutableArray<(int Term, UInt128 Count)> Inputs);
}
