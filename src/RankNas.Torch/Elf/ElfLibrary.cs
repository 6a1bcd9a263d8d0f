using System.Buffers.Binary;
using System.Text;

namespace RankNas.Torch.Elf;

/// <summary>Reads what the system's loader reads of a 64-bit little-endian ELF shared library; every read is checked.</summary>
internal sealed class ElfLibrary
{
    private const int HeaderSize = 64;
    private const int ProgramHeaderSize = 56;
    private const int DynamicEntrySize = 16;
    private const int RelocationSize = 24;
    private const int VersionNeedSize = 16;
    private const uint LoadSegment = 1;
    private const uint DynamicSegment = 2;
    private const ushort SharedLibraryType = 3;

    // Real libraries have tens; the bound keeps a hostile file from being walked for hours.
    private const int MostVersionNeeds = 4096;

    private readonly ReadOnlyMemory<byte> _file;
    private readonly List<Segment> _segments = [];
    private readonly Dictionary<ElfDynamicTag, ulong> _dynamic = [];
    private readonly List<ulong> _needed = [];

    private ElfLibrary(ReadOnlyMemory<byte> file)
    {
        _file = file;
        ReadHeader();
        ReadSegments();
    }

    /// <summary>Gets the processor that the library is for, as ELF numbers it: 62 is x86-64, 183 is arm64.</summary>
    public ushort Machine { get; private set; }

    /// <summary>Gets the names of the libraries that must be loaded with this one, in the loader's order.</summary>
    public IReadOnlyList<string> NeededLibraries { get; private set; } = [];

    /// <summary>Gets the versions that the library asks for.</summary>
    public IReadOnlyList<ElfVersionNeed> VersionNeeds { get; private set; } = [];

    /// <summary>Reads a whole file.</summary>
    /// <exception cref="ElfFormatException">The file is no such library, is cut off, or contradicts itself.</exception>
    public static ElfLibrary Parse(ReadOnlyMemory<byte> file)
    {
        var library = new ElfLibrary(file);
        library.NeededLibraries = [.. library._needed.Select(library.String)];
        library.VersionNeeds = library.ReadVersionNeeds();
        return library;
    }

    /// <summary>Tells whether the loader ever looks up a symbol of a version; it does so for relocations alone.</summary>
    public bool HasRelocationOfVersion(ushort versionIndex) =>
        HasRelocationOfVersion(versionIndex, ElfDynamicTag.Relocations, ElfDynamicTag.RelocationSize)
        || HasRelocationOfVersion(versionIndex, ElfDynamicTag.PltRelocations, ElfDynamicTag.PltRelocationSize);

    private bool HasRelocationOfVersion(ushort versionIndex, ElfDynamicTag table, ElfDynamicTag tableSize)
    {
        if (!_dynamic.TryGetValue(table, out ulong address) || !_dynamic.TryGetValue(tableSize, out ulong size) || size == 0)
        {
            return false;
        }

        const ushort hiddenBit = 0x8000;
        int start = FileOffset(address, size);
        ulong versions = Required(ElfDynamicTag.SymbolVersions);
        for (ulong at = 0; at + RelocationSize <= size; at += RelocationSize)
        {
            uint symbol = UInt32(start + (long)at + 12);
            if (symbol != 0 && (UInt16(FileOffset(versions + (2UL * symbol), 2)) & ~hiddenBit) == versionIndex)
            {
                return true;
            }
        }

        return false;
    }

    private void ReadHeader()
    {
        ReadOnlySpan<byte> start = Bytes(0, HeaderSize);
        if (!start[..4].SequenceEqual("\u007fELF"u8))
        {
            throw new ElfFormatException("The file does not begin as an ELF file does.");
        }

        if (start[4] != 2 || start[5] != 1)
        {
            throw new ElfFormatException("The file is an ELF file, but not a 64-bit little-endian one.");
        }

        if (UInt16(16) != SharedLibraryType)
        {
            throw new ElfFormatException("The file is an ELF file, but not a shared library.");
        }

        Machine = UInt16(18);
    }

    private void ReadSegments()
    {
        ulong table = UInt64(32);
        int entrySize = UInt16(54);
        int count = UInt16(56);
        if (entrySize != ProgramHeaderSize)
        {
            throw new ElfFormatException($"The program headers have {entrySize} bytes each instead of {ProgramHeaderSize}.");
        }

        Segment? dynamic = null;
        for (int i = 0; i < count; i++)
        {
            long at = Checked(table, (ulong)(i + 1) * ProgramHeaderSize) + ((long)i * ProgramHeaderSize);
            var segment = new Segment(UInt64(at + 8), UInt64(at + 16), UInt64(at + 32));
            switch (UInt32(at))
            {
                case LoadSegment:
                    _segments.Add(segment);
                    break;
                case DynamicSegment:
                    dynamic = segment;
                    break;
            }
        }

        ReadDynamic(dynamic ?? throw new ElfFormatException("The file has no dynamic segment."));
    }

    private void ReadDynamic(Segment segment)
    {
        long start = Checked(segment.Offset, segment.Size);
        for (ulong at = 0; at + DynamicEntrySize <= segment.Size; at += DynamicEntrySize)
        {
            var tag = (ElfDynamicTag)UInt64(start + (long)at);
            ulong value = UInt64(start + (long)at + 8);
            if (tag == ElfDynamicTag.End)
            {
                return;
            }

            if (tag == ElfDynamicTag.Needed)
            {
                _needed.Add(value);
            }
            else
            {
                _dynamic[tag] = value;
            }
        }
    }

    private List<ElfVersionNeed> ReadVersionNeeds()
    {
        List<ElfVersionNeed> needs = [];
        if (!_dynamic.TryGetValue(ElfDynamicTag.VersionNeeds, out ulong address))
        {
            return needs;
        }

        for (ulong left = Required(ElfDynamicTag.VersionNeedCount); left > 0; left--)
        {
            long at = FileOffset(address, VersionNeedSize);
            ReadVersionsOf(String(UInt32(at + 4)), address + UInt32(at + 8), UInt16(at + 2), needs);
            uint next = UInt32(at + 12);
            if (next == 0)
            {
                break;
            }

            address += next;
        }

        return needs;
    }

    private void ReadVersionsOf(string library, ulong address, ushort count, List<ElfVersionNeed> needs)
    {
        for (int left = count; left > 0; left--)
        {
            int at = FileOffset(address, VersionNeedSize);
            needs.Add(new ElfVersionNeed(library, String(UInt32(at + 8)), UInt16(at + 6), UInt16(at + 4), at + 4));
            if (needs.Count > MostVersionNeeds)
            {
                throw new ElfFormatException($"The file asks for more than {MostVersionNeeds} versions of libraries.");
            }

            uint next = UInt32(at + 12);
            if (next == 0)
            {
                break;
            }

            address += next;
        }
    }

    private string String(ulong offset) => String(offset, Required(ElfDynamicTag.StringTable), Required(ElfDynamicTag.StringTableSize));

    private string String(ulong offset, ulong table, ulong tableSize)
    {
        if (offset >= tableSize)
        {
            throw new ElfFormatException("The file names something outside its string table.");
        }

        ReadOnlySpan<byte> rest = Bytes(FileOffset(table, tableSize), (long)tableSize)[(int)offset..];
        int end = rest.IndexOf((byte)0);
        return end >= 0
            ? Encoding.UTF8.GetString(rest[..end])
            : throw new ElfFormatException("A name at the end of the file's string table does not end.");
    }

    private ulong Required(ElfDynamicTag tag) =>
        _dynamic.TryGetValue(tag, out ulong value)
            ? value
            : throw new ElfFormatException($"The file's dynamic segment has no entry for {tag}.");

    /// <summary>Turns an address in memory into a place in the file, which holds at least so many bytes from there.</summary>
    private int FileOffset(ulong address, ulong size)
    {
        foreach (Segment segment in _segments)
        {
            if (address >= segment.Address && address - segment.Address <= segment.Size && size <= segment.Size - (address - segment.Address))
            {
                ulong offset = unchecked(segment.Offset + (address - segment.Address));
                return offset >= segment.Offset
                    ? Checked(offset, size)
                    : throw new ElfFormatException("A segment of the file is placed beyond every possible end.");
            }
        }

        throw new ElfFormatException($"The file speaks of an address, 0x{address:x}, that is in none of its segments.");
    }

    private int Checked(ulong offset, ulong size)
    {
        ulong length = (ulong)_file.Length;
        return offset <= length && size <= length - offset
            ? (int)offset
            : throw new ElfFormatException("The file ends before its own tables do: it is cut off or damaged.");
    }

    private ReadOnlySpan<byte> Bytes(long offset, long size) => _file.Span.Slice(Checked((ulong)offset, (ulong)size), (int)size);

    private ushort UInt16(long offset) => BinaryPrimitives.ReadUInt16LittleEndian(Bytes(offset, 2));

    private uint UInt32(long offset) => BinaryPrimitives.ReadUInt32LittleEndian(Bytes(offset, 4));

    private ulong UInt64(long offset) => BinaryPrimitives.ReadUInt64LittleEndian(Bytes(offset, 8));

    private readonly record struct Segment(ulong Offset, ulong Address, ulong Size);
}
