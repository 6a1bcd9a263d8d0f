namespace RankNas.Fitting;

/// <summary>How far the making of a model is.</summary>
/// <param name="Stage">The stage.</param>
/// <param name="Share">How much of the stage is done, from 0 to 1.</param>
/// <param name="Message">What is done, in words, such as <c>epoch 12 of 200: validation accuracy 61.3 %</c>.</param>
/// <param name="TimeLeft">About how long the stage still takes; null if that is not known.</param>
public sealed record FitProgress(FitStage Stage, double Share, string Message, TimeSpan? TimeLeft = null)
{
    /// <summary>Gets the progress of the search, with the architecture scored last; null in other stages.</summary>
    public SearchProgress? Search { get; init; }

    /// <summary>Gets the cost of the network of the architecture scored last; null in other stages, or if the space builds modules.</summary>
    public NetworkCost? Cost { get; init; }
}
