namespace RankNas.Torch.Elf;

/// <summary>One version of one library that a shared library asks for.</summary>
/// <param name="Library">The library's name, such as libstdc++.so.6.</param>
/// <param name="Version">The version's name, such as GLIBCXX_3.4.32.</param>
/// <param name="Index">The number by which symbols say that they are of this version.</param>
/// <param name="Flags">The flags; <see cref="WeakFlag"/> lets a library load where the version is missing.</param>
/// <param name="FlagsOffset">Where in the file the two bytes of the flags are.</param>
internal sealed record ElfVersionNeed(string Library, string Version, ushort Index, ushort Flags, int FlagsOffset)
{
    public const ushort WeakFlag = 2;

    public bool IsWeak => (Flags & WeakFlag) != 0;
}
