namespace RankNas.Distributed.Protocol;

/// <summary>Requests that travel together.</summary>
/// <param name="Search">The search's key.</param>
/// <param name="Items">The requests.</param>
internal sealed record WorkUnit(string Search, ImmutableArray<WorkItem> Items);

/// <summary>A request on its way.</summary>
/// <param name="Id">Its name: the same for the same request, whoever makes it and when.</param>
/// <param name="Request">The request.</param>
/// <param name="Graph">The architecture's graph as JSON, where the space may be unknown to workers.</param>
internal sealed record WorkItem(string Id, EvaluationRequest Request, string? Graph);

/// <summary>Answers that travel together.</summary>
/// <param name="Search">The search's key.</param>
/// <param name="Worker">Who answers.</param>
/// <param name="Answers">The answers.</param>
internal sealed record WorkReply(string Search, string Worker, ImmutableArray<WorkAnswer> Answers);

/// <summary>An answer to a request.</summary>
/// <param name="Id">The request's name.</param>
/// <param name="Outcome">The answer; null where the worker could not answer.</param>
/// <param name="Trouble">Why it could not: no fault of the network, whose errors are failed scores.</param>
internal sealed record WorkAnswer(string Id, EvaluationOutcome? Outcome, string? Trouble = null);
