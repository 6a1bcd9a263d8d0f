namespace RankNas.Torch.Elf;

/// <summary>A file is not the 64-bit little-endian ELF shared library that it should be.</summary>
internal sealed class ElfFormatException : Exception
{
    public ElfFormatException(string message)
        : base(message)
    {
    }
}
