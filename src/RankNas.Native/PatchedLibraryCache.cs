using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using System.Security.Cryptography;

namespace RankNas;

/// <summary>Keeps patched libraries as files of the user's own, since the system's loader loads files only.</summary>
/// <param name="root">The folder to keep them in; null where the user has none.</param>
[SupportedOSPlatform("linux")]
internal sealed class PatchedLibraryCache(string? root)
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    public static PatchedLibraryCache Default { get; } = new(DefaultRoot());

    /// <summary>Writes the patched library where it is not there yet, or not intact.</summary>
    /// <returns>Its path.</returns>
    public string Store(byte[] original, byte[] patched)
    {
        string folder = Path.Combine(root ?? throw new IOException("There is no home to keep a cache in."), Convert.ToHexStringLower(SHA256.HashData(original)));
        Directory.CreateDirectory(folder, OwnerOnly);
        string path = Path.Combine(folder, NativeFolders.LibTorchSharp);
        if (!IsIntact(path, patched))
        {
            // Another process may be doing the same: each writes a file of its own, and the last name given wins.
            string temporary = Path.Combine(folder, Path.GetRandomFileName());
            try
            {
                File.WriteAllBytes(temporary, patched);
                File.Move(temporary, path, overwrite: true);
            }
            finally
            {
                File.Delete(temporary);
            }
        }

        return path;
    }

    /// <summary>Loads the patched library from the cache, or where there can be none, from a folder that is gone afterwards.</summary>
    public nint Load(byte[] original, byte[] patched)
    {
        try
        {
            return NativeLibrary.Load(Store(original, patched));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or DllNotFoundException)
        {
            // No home, a full one, or one that nothing may be run from.
            return LoadFromTemporaryFolder(patched);
        }
    }

    private static bool IsIntact(string path, byte[] patched) =>
        File.Exists(path) && new FileInfo(path).Length == patched.Length && File.ReadAllBytes(path).AsSpan().SequenceEqual(patched);

    private static nint LoadFromTemporaryFolder(byte[] patched)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("ranknas-");
        try
        {
            string path = Path.Combine(folder.FullName, NativeFolders.LibTorchSharp);
            File.WriteAllBytes(path, patched);
            return NativeLibrary.Load(path);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static string? DefaultRoot()
    {
        string? cache = Environment.GetEnvironmentVariable("XDG_CACHE_HOME");
        string home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        return Path.IsPathRooted(cache) ? Path.Combine(cache, "ranknas")
            : home.Length > 0 ? Path.Combine(home, ".cache", "ranknas")
            : null;
    }
}
