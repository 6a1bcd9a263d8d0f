namespace RankNas.Training;

/// <summary>Something that happened in a training.</summary>
public abstract record TrainingEvent
{
    private protected TrainingEvent()
    {
    }
}
