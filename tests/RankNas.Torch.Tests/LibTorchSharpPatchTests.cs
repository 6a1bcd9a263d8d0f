using CsCheck;
using RankNas.Torch.Elf;

namespace RankNas.Torch.Tests;

public class LibTorchSharpPatchTests
{
    private static readonly Lazy<byte[]> Library = new(() => File.ReadAllBytes(NativeFolders.Find("libLibTorchSharp.so")!));

    [Fact]
    public void Apply_RealLibrary_SetsOneFlagAndNothingElse()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The library is Linux's.");
        byte[] original = Library.Value;

        byte[] patched = LibTorchSharpPatch.Apply(original)!;

        int[] changed = [.. Enumerable.Range(0, original.Length).Where(index => original[index] != patched[index])];
        ElfVersionNeed need = ElfLibrary.Parse(original).VersionNeeds.Single(need => need.Version == LibTorchSharpPatch.MissingVersion);
        patched.Should().HaveSameCount(original);
        changed.Should().Equal(need.FlagsOffset);
        (patched[need.FlagsOffset] ^ original[need.FlagsOffset]).Should().Be(ElfVersionNeed.WeakFlag);
        ElfLibrary.Parse(patched).VersionNeeds.Single(other => other.Version == need.Version).IsWeak.Should().BeTrue();
    }

    [Fact]
    public void Apply_Again_HasNothingToDo()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The library is Linux's.");
        LibTorchSharpPatch.Apply(LibTorchSharpPatch.Apply(Library.Value)!).Should().BeNull();
    }

    [Fact]
    public void Apply_AnyBytes_GivesOneErrorAtMost() => Gen.Byte.Array[0, 300].Sample(bytes => Survives([0x7F, (byte)'E', (byte)'L', (byte)'F', 2, 1, 1, .. bytes]));

    [Fact]
    public void Apply_CutOrChangedLibrary_GivesOneErrorAtMost()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The library is Linux's.");
        Gen.Select(Gen.Int[0, Library.Value.Length - 1], Gen.Int[0, 4095], Gen.Byte).Sample(
            (length, offset, value) =>
            {
                Survives(Library.Value[..length]);
                byte[] changed = [.. Library.Value];
                changed[offset] = value;
                Survives(changed);
            }, iter: 60, threads: 1);
    }

    private static void Survives(byte[] bytes)
    {
        try
        {
            LibTorchSharpPatch.Apply(bytes);
        }
        catch (ElfFormatException)
        {
        }
    }
}
