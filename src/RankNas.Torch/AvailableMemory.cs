namespace RankNas.Torch;

/// <summary>The memory that this process may have: of the machine, or what its container or <c>ulimit</c> leaves of it.</summary>
internal static class AvailableMemory
{
    /// <summary>Gets it in bytes.</summary>
    public static long Bytes => Math.Min(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes, AddressSpace.Room ?? long.MaxValue);
}
