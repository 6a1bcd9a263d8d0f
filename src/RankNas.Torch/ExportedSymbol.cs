using System.Globalization;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using System.Text;
using RankNas.Torch.Elf;

namespace RankNas.Torch;

/// <summary>A name that a loaded library exports, in the symbol table that the system's loader looks names up in.</summary>
[SupportedOSPlatform("linux")]
internal static unsafe partial class ExportedSymbol
{
    private const int LinkMap = 2;
    private const int MayRead = 1;
    private const int MayWrite = 2;
    private const int MostSymbols = 1 << 20;

    /// <summary>Has whoever looks a name up from now on find another function. Who has found it before keeps what was found.</summary>
    /// <param name="library">The library's handle.</param>
    /// <param name="name">The name, of a function.</param>
    /// <param name="function">What is found in its place; it must last as long as the process.</param>
    /// <returns>Whether it was done.</returns>
    public static bool Redirect(nint library, string name, nint function)
    {
        if (!NativeLibrary.TryGetExport(library, name, out nint exported) || MapOf(library) is not { } map || Find(map, name, exported) is not (not null and var symbol))
        {
            return false;
        }

        nint page = (nint)symbol & ~((nint)Environment.SystemPageSize - 1);
        nuint size = (nuint)((nint)(symbol + 1) - page);
        if (!IsForReadingAlone(page, size) || Protect(page, size, MayRead | MayWrite) != 0)
        {
            return false;
        }

        symbol->Value = function - map.Base;
        _ = Protect(page, size, MayRead);
        return NativeLibrary.GetExport(library, name) == function;
    }

    // Older linkers put the table into one piece with the code, whose pages must stay what they are.
    private static bool IsForReadingAlone(nint page, nuint size)
    {
        foreach (string line in File.ReadLines("/proc/self/maps"))
        {
            string[] fields = line.Split(' ', 3);
            string[] bounds = fields[0].Split('-');
            nint start = nint.Parse(bounds[0], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
            nint end = nint.Parse(bounds[1], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
            if (start <= page && page < end)
            {
                return page + (nint)size <= end && fields[1].StartsWith("r--", StringComparison.Ordinal);
            }
        }

        return false;
    }

    private static Map? MapOf(nint library)
    {
        if (!NativeLibrary.TryLoad("libdl.so.2", out nint loader) || !NativeLibrary.TryGetExport(loader, "dlinfo", out nint inform))
        {
            return null;
        }

        Map* map = null;
        return ((delegate* unmanaged<nint, int, Map**, int>)inform)(library, LinkMap, &map) == 0 && map is not null ? *map : null;
    }

    // The table has no length of its own; linkers put the names right behind it.
    private static Symbol* Find(Map map, string name, nint exported)
    {
        nint table = AddressOf(map, ElfDynamicTag.SymbolTable);
        nint names = AddressOf(map, ElfDynamicTag.StringTable);
        if (table == 0 || names <= table || (names - table) / sizeof(Symbol) > MostSymbols)
        {
            return null;
        }

        byte[] text = [.. Encoding.UTF8.GetBytes(name), 0];
        for (var symbol = (Symbol*)table; (nint)(symbol + 1) <= names; symbol++)
        {
            if (symbol->Value == exported - map.Base && new ReadOnlySpan<byte>((byte*)names + symbol->Name, text.Length).SequenceEqual(text))
            {
                return symbol;
            }
        }

        return null;
    }

    // The loader has made addresses of most of what the file has as offsets.
    private static nint AddressOf(Map map, ElfDynamicTag tag)
    {
        for (DynamicEntry* entry = map.Dynamic; entry->Tag != ElfDynamicTag.End; entry++)
        {
            if (entry->Tag == tag)
            {
                return entry->Value < map.Base ? map.Base + entry->Value : entry->Value;
            }
        }

        return 0;
    }

    [LibraryImport("libc.so.6", EntryPoint = "mprotect")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Protect(nint start, nuint size, int access);

    [StructLayout(LayoutKind.Sequential)]
    private readonly struct Map
    {
        public readonly nint Base;
        public readonly nint Path;
        public readonly DynamicEntry* Dynamic;
    }

    [StructLayout(LayoutKind.Sequential)]
    private readonly struct DynamicEntry
    {
        public readonly ElfDynamicTag Tag;
        public readonly nint Value;
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct Symbol
    {
        public uint Name;
        public byte Kind;
        public byte Visibility;
        public ushort Section;
        public nint Value;
        public ulong Size;
    }
}
