namespace RankNas.Images.Sources;

/// <summary>Files that pictures are read from. Safe for concurrent use.</summary>
internal interface IPictureFiles : IDisposable
{
    /// <summary>Reads a file.</summary>
    /// <param name="name">Its path, with <c>/</c> between folders.</param>
    /// <param name="mostBytes">How many bytes are read at most, from its start.</param>
    /// <exception cref="Decoding.UnreadablePictureException">It cannot be read.</exception>
    byte[] Read(string name, int mostBytes);
}
