namespace RankNas.Fitting;

/// <summary>What a model takes a picture for.</summary>
/// <param name="Classes">The classes with their probabilities, the most probable first. The probabilities sum up to 1.</param>
public sealed record Prediction(ImmutableArray<ClassProbability> Classes)
{
    /// <summary>Gets the most probable class.</summary>
    public ClassProbability Best => Classes[0];
}
