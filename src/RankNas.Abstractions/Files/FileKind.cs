namespace RankNas.Files;

/// <summary>What a path leads to, symbolic links followed.</summary>
internal enum FileKind
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>A file on a disk.</summary>
    File,

    /// <summary>A folder.</summary>
    Folder,

    /// <summary>A pipe, named or not: opening one waits for the other end.</summary>
    Pipe,

    /// <summary>A socket.</summary>
    Socket,

    /// <summary>A device, such as <c>/dev/zero</c>, which has no end.</summary>
    Device,
}
