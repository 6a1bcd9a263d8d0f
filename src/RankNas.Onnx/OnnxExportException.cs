namespace RankNas.Onnx;

/// <summary>A network cannot be exported to ONNX; the message names the module and says why.</summary>
public sealed class OnnxExportException : NotSupportedException
{
    /// <summary>Initializes the exception.</summary>
    public OnnxExportException()
    {
    }

    /// <summary>Initializes the exception.</summary>
    /// <param name="message">Which module, and why.</param>
    public OnnxExportException(string message)
        : base(message)
    {
    }

    /// <summary>Initializes the exception.</summary>
    /// <param name="message">Which module, and why.</param>
    /// <param name="innerException">The cause.</param>
    public OnnxExportException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
