namespace RankNas;

/// <summary>The native half of TorchSharp.</summary>
public static class TorchRuntime
{
    /// <summary>Makes sure that libtorch loads, or says in one error what is missing.</summary>
    public static void EnsureLoaded()
    {
    }
}
