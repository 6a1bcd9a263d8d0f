namespace RankNas.Training;

/// <summary>The loss or a weight is no longer a finite number. The checkpoint, if there is one, is from before.</summary>
public sealed class TrainingDivergedException : Exception
{
    internal TrainingDivergedException(int epoch, int batch, double learningRate, string what)
        : base(string.Create(
            CultureInfo.InvariantCulture,
            $"In epoch {epoch + 1}, batch {batch + 1}, at the learning rate {learningRate:G4}, {what}: lower the learning rate, warm up for longer, or set MaxGradientNorm."))
    {
        Epoch = epoch;
        LearningRate = learningRate;
    }

    /// <summary>Gets the epoch, from 0.</summary>
    public int Epoch { get; }

    /// <summary>Gets the learning rate of the step.</summary>
    public double LearningRate { get; }
}
