using System.Text;
using RankNas.Files;

namespace RankNas.Plotting;

/// <summary>Writes pictures and pages into files, which appear whole or not at all.</summary>
internal static class PictureFile
{
    public static void Write(string path, ReadOnlyMemory<byte> bytes) => AtomicFile.Write(path, file => file.Write(bytes.Span));

    public static void Write(string path, string text) => Write(path, Encoding.UTF8.GetBytes(text));
}
