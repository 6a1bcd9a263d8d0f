namespace RankNas.Fitting;

/// <summary>A model cannot be made of these pictures, by these options, or in this folder. The message says what to do.</summary>
public sealed class FitException : Exception
{
    /// <summary>Initializes the exception.</summary>
    public FitException()
    {
    }

    /// <summary>Initializes the exception.</summary>
    /// <param name="message">What is wrong, and what to do.</param>
    public FitException(string message)
        : base(message)
    {
    }

    /// <summary>Initializes the exception.</summary>
    /// <param name="message">What is wrong, and what to do.</param>
    /// <param name="innerException">The cause.</param>
    public FitException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
