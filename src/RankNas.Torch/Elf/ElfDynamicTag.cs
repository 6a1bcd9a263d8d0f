namespace RankNas.Torch.Elf;

/// <summary>Entries of the dynamic segment: what the system's loader itself goes by.</summary>
internal enum ElfDynamicTag : ulong
{
    End = 0,
    Needed = 1,
    PltRelocationSize = 2,
    StringTable = 5,
    SymbolTable = 6,
    Relocations = 7,
    RelocationSize = 8,
    StringTableSize = 10,
    PltRelocationKind = 20,
    PltRelocations = 23,
    SymbolVersions = 0x6FFFFFF0,
    VersionNeeds = 0x6FFFFFFE,
    VersionNeedCount = 0x6FFFFFFF,
}
