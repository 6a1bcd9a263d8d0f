namespace RankNas.Training;

/// <summary>The training is over; it is the last event. The network has the weights that the result describes.</summary>
/// <param name="Result">The result.</param>
public sealed record TrainingFinished(TrainingResult Result) : TrainingEvent;
