using System.Text.Json;
using RankNas.Files;

namespace RankNas.Training;

/// <summary>How all epochs went: the curves of a training.</summary>
/// <param name="Epochs">The epochs in order.</param>
public sealed record TrainingHistory(ImmutableArray<EpochRecord> Epochs)
{
    /// <summary>Gets the history before the first epoch.</summary>
    public static TrainingHistory Empty { get; } = new([]);

    /// <summary>Gets the best epoch so far, by the validation images; null where there is none, and without validation images.</summary>
    public EpochRecord? Best => Epochs.LastOrDefault(epoch => epoch.IsBest);

    /// <summary>Reads a history.</summary>
    /// <param name="json">What <see cref="ToJson"/> returned.</param>
    /// <exception cref="InvalidDataException">It is no history.</exception>
    public static TrainingHistory FromJson(string json) => JsonText.Read(json, TrainingJson.Default.TrainingHistory, "a training's history", history =>
    {
        if (history.Epochs.IsDefault || history.Epochs.Any(epoch => epoch is null))
        {
            throw new FormatException("it has no epochs");
        }
    });

    /// <summary>Writes the history as JSON, without loss.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, TrainingJson.Default.TrainingHistory);

    /// <summary>Tells whether the other has equal epochs.</summary>
    /// <param name="other">The other.</param>
    public bool Equals(TrainingHistory? other) => other is not null && Epochs.AsSpan().SequenceEqual(other.Epochs.AsSpan());

    /// <summary>Hashes the number of epochs and the last one.</summary>
    public override int GetHashCode() => HashCode.Combine(Epochs.Length, Epochs.LastOrDefault());
}
