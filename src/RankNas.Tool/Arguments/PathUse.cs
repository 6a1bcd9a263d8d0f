namespace RankNas.Tool.Arguments;

/// <summary>What a path is for.</summary>
internal enum PathUse
{
    /// <summary>A file that is read.</summary>
    Input,

    /// <summary>A file or a folder that is read.</summary>
    InputOrFolder,

    /// <summary>A file that is written, or replaced.</summary>
    Output,

    /// <summary>A file that is read and written, and made where there is none.</summary>
    Store,
}
