using System.Collections.Immutable;
using RankNas.Graphs;
using RankNas.Graphs.Operations;
using RankNas.Proxies;

namespace RankNas.Kernels.Execution;

/// <summary>How a graph is run for those who watch some kinds of layer: what is computed and in what order, what is reported, and when memory is free again.</summary>
internal sealed class ExecutionPlan
{
    private readonly NetworkGraph _graph;
    private readonly LayerKinds _kinds;
    private readonly KnownValues _known;
    private readonly bool[] _isNeeded;
    private readonly bool[] _isReported;
    private readonly bool[] _isSeen;
    private readonly bool[] _hasViews;
    private readonly List<GraphNode>[] _readers;
    private readonly bool[] _isFolded;
    private readonly bool[] _isDeferred;
    private readonly bool[] _mayWait;
    private readonly GraphNode?[] _normalizing;

    private ExecutionPlan(NetworkGraph graph, LayerKinds kinds, KnownValues known, bool bySigns)
    {
        (_graph, _kinds, _known) = (graph, kinds, known);
        int count = graph.Nodes.Length;
        (_isNeeded, _isReported, _isSeen, _hasViews) = (new bool[count], new bool[count], new bool[count], new bool[count]);
        (_isFolded, _isDeferred, _mayWait, _normalizing) = (new bool[count], new bool[count], new bool[count], new GraphNode?[count]);
        _readers = [.. Enumerable.Range(0, count).Select(_ => new List<GraphNode>())];
        List<(int Node, ReportStep Step)> found = FindReports(bySigns);
        FindNeeded();
        FindNormalized();
        FindFolded();
        ILookup<int, ReportStep> reports = InOrder(found);
        Steps = WithReleases([.. EarlySums.First([.. graph.Nodes.SelectMany(node => StepsOf(node, reports[node.Index])), .. reports[count]], count)]);
    }

    /// <summary>Gets the steps.</summary>
    public ImmutableArray<PlanStep> Steps { get; }

    /// <summary>Gets the value that the graph gives.</summary>
    public int Output => _known.ValueOf(_graph.Output.Index);

    /// <summary>Makes a plan.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="kinds">The kinds of layer whose inputs are reported.</param>
    /// <param name="keepsZeros">Tells whether a BatchNorm gives zeros for zeros, which depends on its weights.</param>
    /// <param name="bySigns">Whether nothing but the signs of what goes into activations is read.</param>
    public static ExecutionPlan Of(NetworkGraph graph, LayerKinds kinds, Func<GraphNode, bool> keepsZeros, bool bySigns = false) =>
        new(graph, kinds, new KnownValues(graph, keepsZeros), bySigns);

    // By the node before which they come; a block's comes after the last of its nodes.
    private List<(int Node, ReportStep Step)> FindReports(bool bySigns)
    {
        int[] uses = new int[_graph.Nodes.Length], live = new int[_graph.Nodes.Length], ungated = new int[_graph.Nodes.Length];
        foreach (GraphNode node in _graph.Nodes)
        {
            uses[_known.FirstOf(node.Index)]++;
            live[_known.FirstOf(node.Index)] += _graph.IsLive(node) ? 1 : 0;
            ungated[_known.FirstOf(node.Index)] += _graph.IsUngated(node) ? 1 : 0;
        }

        var reports = new List<(int Node, ReportStep Step)>();
        foreach (GraphNode node in _graph.Nodes.Where(node => (KindOf(node.Operation) & _kinds) != 0 && _known.FirstOf(node.Index) == node.Index))
        {
            reports.Add((node.Index, new ReportStep(KindOf(node.Operation), _known.ValueOf(node.Inputs[0]), uses[node.Index], live[node.Index], ungated[node.Index], node)));
        }

        if ((_kinds & LayerKinds.BlockOutput) != 0)
        {
            int[] ends = [.. _graph.Blocks.Select(block => block.Output + 1)];
            foreach (GraphNode node in _graph.Nodes.Where(node => node.Block >= 0))
            {
                ends[node.Block] = Math.Max(ends[node.Block], node.Index + 1);
            }

            reports.AddRange(_graph.Blocks.Select((block, index) =>
                (ends[index], new ReportStep(LayerKinds.BlockOutput, _known.ValueOf(block.Output), Uses: 1, _graph.IsLive(_graph.Nodes[block.Output]) ? 1 : 0, _graph.IsUngated(_graph.Nodes[block.Output]) ? 1 : 0))));
        }

        foreach ((_, ReportStep step) in reports)
        {
            _isNeeded[step.Value] = _isReported[step.Value] = true;
            _isSeen[step.Value] |= !bySigns || step.Kind != LayerKinds.Activation;
        }

        return reports;
    }

    // Those of a block before those of what follows it. What is normalised as it is read has been read when its signs are reported.
    private ILookup<int, ReportStep> InOrder(IEnumerable<(int Node, ReportStep Step)> reports) => reports
        .OrderBy(report => report.Step.Kind == LayerKinds.BlockOutput ? 0 : 1)
        .ToLookup(report => _normalizing[report.Step.Value] is { } reader ? AfterReading(reader) : report.Node, report => report.Step);

    // A product that waits is first read for the BatchNorm after it.
    private int AfterReading(GraphNode reader) => 1 + (_mayWait[reader.Index] ? _readers[reader.Index][0].Index : reader.Index);

    private static LayerKinds KindOf(GraphOperation operation) => operation switch
    {
        ActivationOperation => LayerKinds.Activation,
        PoolingOperation or GlobalPoolingOperation => LayerKinds.Pooling,
        ConvolutionOperation => LayerKinds.Convolution,
        LinearOperation => LayerKinds.Linear,
        _ => LayerKinds.None,
    };

    private bool IsComputed(int node) => _isNeeded[node] && _known.ValueOf(node) == node && !_known.IsZero(node);

    private void FindNeeded()
    {
        _isNeeded[Output] = true;
        foreach (GraphNode node in _graph.Nodes.Reverse().Where(node => IsComputed(node.Index)))
        {
            foreach (int input in _known.InputsOf(node.Index))
            {
                _isNeeded[input] = true;
                _hasViews[input] |= IsView(node.Operation);
                _readers[input].Add(node);
            }
        }
    }

    private static bool IsView(GraphOperation operation) => operation is ReshapeOperation or TransposeOperation or SliceOperation;

    private void FindNormalized()
    {
        var search = new ReadNormalization(_graph, _known, _readers);
        foreach (GraphNode node in _graph.Nodes.Where(node => IsComputed(node.Index) && node is { Operation: BatchNormOperation, Shape.Length: 3 }))
        {
            if (search.ReaderOf(node, value => value == node.Index ? _isSeen[value] : _isReported[value]) is { } reader)
            {
                _normalizing[node.Index] = reader;
                _mayWait[_known.InputsOf(node.Index)[0]] = search.IsComputedBy(node, reader);
            }
        }
    }

    private void FindFolded()
    {
        foreach (GraphNode node in _graph.Nodes.Where(node => IsComputed(node.Index)))
        {
            // Read once, and seen by nobody.
            GraphNode? reader = !_isReported[node.Index] && node.Index != Output && _readers[node.Index] is [var only] ? only : null;
            _isFolded[node.Index] = node.Operation switch
            {
                BatchNormOperation => reader is not null && _normalizing[node.Index] is null && (IsSum(reader) || IsClamp(reader)),
                AddOperation => reader is not null && IsSum(node) && (IsSum(reader) || IsClamp(reader)),
                _ => false,
            };
            _isDeferred[node.Index] = IsClamp(node) && node.Index != Output && !IsClampOfSum(node)
                && _readers[node.Index].TrueForAll(ClampsWhatItReads);
        }
    }

    private bool IsClampOfSum(GraphNode node) => _isFolded[_known.InputsOf(node.Index)[0]];

    /// <summary>Tells whether a node brings images into a range.</summary>
    public static bool IsClamp(GraphNode node) =>
        node is { Operation: ActivationOperation { Function: ActivationFunction.Relu or ActivationFunction.Relu6 }, Shape.Length: 3 };

    private static bool ClampsWhatItReads(GraphNode node) =>
        node.Operation is ConvolutionOperation or GlobalPoolingOperation { Kind: PoolingKind.Average };

    private bool IsSum(GraphNode node) => node is { Operation: AddOperation, Shape.Length: 3 }
        && _known.InputsOf(node.Index).All(input => _graph.Nodes[input].Shape.SequenceEqual(node.Shape));

    private IEnumerable<PlanStep> StepsOf(GraphNode node, IEnumerable<ReportStep> reports)
    {
        foreach (ReportStep report in reports)
        {
            yield return report;
        }

        if (_isNeeded[node.Index] && _known.IsZero(node.Index) && _known.ValueOf(node.Index) == node.Index)
        {
            yield return new ZerosStep(node);
        }
        else if (IsComputed(node.Index) && !_isFolded[node.Index])
        {
            yield return StepOf(node);
        }
    }

    private PlanStep StepOf(GraphNode node)
    {
        int[] inputs = _known.InputsOf(node.Index);
        return node.Operation switch
        {
            _ when _isDeferred[node.Index] => new DeferStep(node, inputs[0]),
            ActivationOperation activation when _isFolded[inputs[0]] => new SumStep(node, [.. TermsOf(_graph.Nodes[inputs[0]])], activation),
            BatchNormOperation when _normalizing[node.Index] is not null => new NormalizeStep(node, inputs[0], _isReported[node.Index]),
            BatchNormOperation => new SumStep(node, [.. TermsOf(node)], Activation: null),
            AddOperation when IsSum(node) => new SumStep(node, [.. TermsOf(node)], Activation: null),
            _ => new ComputeStep(node, [.. inputs], _mayWait[node.Index]),
        };
    }

    private IEnumerable<PlanTerm> TermsOf(GraphNode node) => node.Operation is BatchNormOperation
        ? [new PlanTerm(_known.InputsOf(node.Index)[0], node)]
        : _known.InputsOf(node.Index).SelectMany(input => _isFolded[input] ? TermsOf(_graph.Nodes[input]) : [new PlanTerm(input, Normalization: null)]);

    // A value is released after the last step that reads it, or reads what is left to its readers.
    private ImmutableArray<PlanStep> WithReleases(PlanStep[] steps)
    {
        var reads = new ValueReads(steps, _graph.Nodes.Length);
        reads.Add(Output, int.MaxValue);
        int[] made = new int[_graph.Nodes.Length];
        foreach ((int index, PlanStep step) in steps.Index())
        {
            if (step.Made is { } value)
            {
                made[value] = index;
            }
        }

        int[] last = [.. made.Select((index, value) => reads[value] is [.., var read] ? read : index)];
        ILookup<int, int> releases = Enumerable.Range(0, last.Length).Where(value => _isNeeded[value] && !_isFolded[value]).ToLookup(value => last[value]);
        return [.. steps.Select((step, index) => Overwriting(step, index, last) with { Releases = [.. releases[index]] })];
    }

    private PlanStep Overwriting(PlanStep step, int index, int[] last) => step is SumStep sum
        ? sum with { Terms = [.. sum.Terms.Select(term => term with { MayOverwrite = last[term.Value] == index && IsOwn(term.Value) && sum.Terms.Count(other => other.Value == term.Value) == 1 })] }
        : step;

    // Nobody else has it: no observer, and no view of it is under way.
    private bool IsOwn(int value) => !_isReported[value] && !_hasViews[value]
        && (_graph.Nodes[value].Operation is ConvolutionOperation or PoolingOperation or AddOperation or BatchNormOperation or ActivationOperation or MultiplyOperation);
}
