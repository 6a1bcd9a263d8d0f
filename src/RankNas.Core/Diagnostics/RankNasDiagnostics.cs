namespace RankNas.Diagnostics;

/// <summary>The names of a search's logs, metrics and traces.</summary>
public static class RankNasDiagnostics
{
    /// <summary>The name of the logger category, of the <see cref="System.Diagnostics.Metrics.Meter"/> and of the
    /// <see cref="System.Diagnostics.ActivitySource"/>.</summary>
    public const string Name = "RankNas";

    /// <summary>Counts architectures scored; tags <c>ranknas.space</c> and <c>ranknas.source</c> (<c>store</c> or <c>network</c>).</summary>
    public const string EvaluationsCounter = "ranknas.evaluations";

    /// <summary>Counts failed scores; tags <c>ranknas.space</c> and <c>ranknas.proxy</c>.</summary>
    public const string FailuresCounter = "ranknas.failures";

    /// <summary>The distribution of the seconds needed to score an architecture; tag <c>ranknas.space</c>.</summary>
    public const string EvaluationDuration = "ranknas.evaluation.duration";

    /// <summary>The share of a running search's budget that is used, from 0 to 1; tags <c>ranknas.space</c> and <c>ranknas.strategy</c>.</summary>
    public const string ProgressGauge = "ranknas.search.progress";

    /// <summary>The best finite score so far by each proxy; tags <c>ranknas.space</c>, <c>ranknas.strategy</c> and <c>ranknas.proxy</c>.</summary>
    public const string BestGauge = "ranknas.search.best";

    /// <summary>The activity that spans a search; tags <c>ranknas.space</c>, <c>ranknas.strategy</c>, <c>ranknas.seed</c>, <c>ranknas.budget</c>,
    /// <c>ranknas.evaluations</c> and <c>ranknas.end</c>.</summary>
    public const string SearchActivity = "ranknas.search";

    /// <summary>The activity that spans the scoring of one batch of architectures; tag <c>ranknas.architectures</c>.</summary>
    public const string EvaluateActivity = "ranknas.evaluate";

    /// <summary>The activity of a cluster's worker that spans the scoring of one unit, a child of the search's <see cref="EvaluateActivity"/>; tags <c>ranknas.worker</c> and
    /// <c>ranknas.architectures</c>.</summary>
    public const string UnitActivity = "ranknas.unit";
}
