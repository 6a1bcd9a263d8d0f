namespace RankNas.Fitting;

/// <summary>The stages of making a model, in their order.</summary>
public enum FitStage
{
    /// <summary>Pictures are read.</summary>
    Reading,

    /// <summary>Architectures are scored without training.</summary>
    Searching,

    /// <summary>The best few are trained briefly.</summary>
    Comparing,

    /// <summary>The best is trained out.</summary>
    Training,

    /// <summary>The files are written.</summary>
    Writing,
}
