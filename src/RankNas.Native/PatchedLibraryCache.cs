using System.Runtime.Versioning;
using System.Security.Cryptography;

namespace RankNas;

/// <summary>Keeps patched libraries as files of the user's own, since the system's loader loads files only.</summary>
[SupportedOSPlatform("linux")]
internal static class PatchedLibraryCache
{
    /// <summary>Writes the patched library where it is not there yet, and lists where to load it from, best first.</summary>
    public static string Store(byte[] original, byte[] patched)
    {
        string folder = Directory.CreateDirectory(
            Path.Combine(Folder(), Convert.ToHexStringLower(SHA256.HashData(original))),
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute).FullName;
        string path = Path.Combine(folder, "libLibTorchSharp.so");
        if (!File.Exists(path) || !File.ReadAllBytes(path).AsSpan().SequenceEqual(patched))
        {
            string temporary = Path.Combine(folder, Path.GetRandomFileName());
            File.WriteAllBytes(temporary, patched);
            File.Move(temporary, path, overwrite: true);
        }

        return path;
    }

    private static string Folder()
    {
        string? cache = Environment.GetEnvironmentVariable("XDG_CACHE_HOME");
        return Path.IsPathRooted(cache)
            ? Path.Combine(cache, "ranknas")
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache", "ranknas");
    }
}
