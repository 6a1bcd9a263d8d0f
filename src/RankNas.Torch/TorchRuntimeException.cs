namespace RankNas.Torch;

/// <summary>libtorch could not be loaded; the message says what is missing and what to do.</summary>
public sealed class TorchRuntimeException : Exception
{
    internal TorchRuntimeException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
