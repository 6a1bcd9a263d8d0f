namespace RankNas.Training;

/// <summary>Why a training ended.</summary>
public enum TrainingEnd
{
    /// <summary>All epochs are done.</summary>
    Completed,

    /// <summary>The validation images have not improved for <see cref="TrainingOptions.Patience"/> epochs.</summary>
    EarlyStopped,

    /// <summary><see cref="TrainingOptions.MaxDuration"/> is over.</summary>
    TimeLimit,

    /// <summary>It was cancelled.</summary>
    Cancelled,
}
