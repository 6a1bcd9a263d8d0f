namespace RankNas.Fuzz;

/// <summary>A reader broke what it promises.</summary>
/// <param name="message">Which promise.</param>
/// <param name="cause">What the reader threw.</param>
internal sealed class FuzzFailedException(string message, Exception? cause = null) : Exception(message, cause)
{
    /// <summary>Throws unless what was read and written comes back the same.</summary>
    public static void ThrowUnless(bool holds, string promise)
    {
        if (!holds)
        {
            throw new FuzzFailedException(promise);
        }
    }
}
