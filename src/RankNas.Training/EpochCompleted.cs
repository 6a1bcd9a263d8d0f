namespace RankNas.Training;

/// <summary>An epoch is done, and its weights have been judged.</summary>
/// <param name="Record">How it went.</param>
/// <param name="Validation">The figures of the validation images; null without any.</param>
/// <param name="Elapsed">How long the training has taken, resumed parts included.</param>
/// <param name="TimeLeft">How long it may still take, at its speed so far.</param>
public sealed record EpochCompleted(EpochRecord Record, ClassificationMetrics? Validation, TimeSpan Elapsed, TimeSpan TimeLeft) : TrainingEvent;
