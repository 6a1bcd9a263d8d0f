using System.Buffers.Binary;
using RankNas.Torch.Elf;

namespace RankNas.Torch;

/// <summary>
/// Lets libLibTorchSharp.so load with the libstdc++ of GCC 12 and older. Its compiler noted a wish for version GLIBCXX_3.4.32
/// because of one symbol, ios_base_library_init, by which newer headers ask for initialised streams; nothing ever calls it, and the
/// libtorch libraries, loaded before, initialise the streams. Marking that one version need as weak, a single bit, is all there is to do.
/// </summary>
internal static class LibTorchSharpPatch
{
    public const string StandardLibrary = "libstdc++.so.6";
    public const string MissingVersion = "GLIBCXX_3.4.32";

    /// <summary>Makes a patched copy.</summary>
    /// <returns>The copy; <see langword="null"/> where there is nothing to do.</returns>
    /// <exception cref="ElfFormatException">The file is no shared library, or really uses what the version stands for.</exception>
    public static byte[]? Apply(byte[] library)
    {
        ElfLibrary elf = ElfLibrary.Parse(library);
        List<ElfVersionNeed> needs = [.. elf.VersionNeeds.Where(need =>
            need is { Library: StandardLibrary, Version: MissingVersion, IsWeak: false })];
        if (needs.Count == 0)
        {
            return null;
        }

        byte[] patched = [.. library];
        foreach (ElfVersionNeed need in needs)
        {
            if (elf.HasRelocationOfVersion(need.Index))
            {
                throw new ElfFormatException($"The library calls functions of {MissingVersion}, so that it cannot do without them.");
            }

            BinaryPrimitives.WriteUInt16LittleEndian(
                patched.AsSpan(need.FlagsOffset), (ushort)(need.Flags | ElfVersionNeed.WeakFlag));
        }

        return patched;
    }
}
