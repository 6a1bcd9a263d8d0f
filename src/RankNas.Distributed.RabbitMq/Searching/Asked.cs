using System.Diagnostics;

namespace RankNas.Distributed.Searching;

/// <summary>A request that waits for its answer.</summary>
internal sealed class Asked(string id, EvaluationRequest request, string? graph)
{
    public string Id => id;

    public EvaluationRequest Request => request;

    /// <summary>Gets the request as it travels.</summary>
    public WorkItem Item { get; } = new(id, request, graph);

    public TaskCompletionSource<EvaluationOutcome> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Gets the trace context of whoever asked.</summary>
    public string? TraceParent { get; } = Activity.Current?.Id;

    /// <summary>Gets or sets whether workers went away with it: it is sent by itself from then on.</summary>
    public bool IsSuspect { get; set; }

    /// <summary>Gets or sets a suspect's turn, which ends early where it has to be sent again; null before its first.</summary>
    public TaskCompletionSource? Turn { get; set; }

    /// <summary>Gets or sets how many answers to it were not taken, or were none.</summary>
    public int AnswersNotTaken { get; set; }

    /// <summary>Gets or sets when it was last sent, by <see cref="Environment.TickCount64"/>.</summary>
    public long SentAt { get; set; } = long.MaxValue;

    public long Size => graph?.Length ?? 0;
}
