using RankNas.Files;

namespace RankNas.Images;

/// <summary>Names files that hold a known data set in a form that is not read.</summary>
internal static class ForeignFiles
{
    private const int TarMagicAt = 257;

    /// <summary>Refuses a file that is a Python pickle or a packed archive.</summary>
    /// <exception cref="InvalidDataException">It is one.</exception>
    public static void Refuse(string file)
    {
        string shown = ShownText.Of(file, ShownText.LineLength);
        if (IsPickle(file))
        {
            throw new InvalidDataException(
                $"'{shown}' is a Python pickle, as the Python version of CIFAR has them: fetch the binary version (cifar-10-binary.tar.gz or cifar-100-binary.tar.gz from https://www.cs.toronto.edu/~kriz/cifar.html), unpack it and name its folder.");
        }

        if (IsTar(file))
        {
            throw new InvalidDataException($"'{shown}' is a tar archive: unpack it (tar -xf '{shown}') and name the folder that it gives.");
        }
    }

    /// <summary>Whether a file is a pickle of protocol 2 or later.</summary>
    public static bool IsPickle(string file)
    {
        // The opcode PROTO and its version; then the dictionary that CIFAR's batches are, or the frame of later protocols.
        byte[] head = HeadOf(file, 3);
        return head is [0x80, >= 2 and <= 5, (byte)'}' or 0x95];
    }

    /// <summary>Whether a file is a tar archive, compressed or not.</summary>
    public static bool IsTar(string file)
    {
        string name = Path.GetFileName(file);
        if (name.EndsWith(".tar.gz", StringComparison.OrdinalIgnoreCase) || name.EndsWith(".tgz", StringComparison.OrdinalIgnoreCase) || name.EndsWith(".tar", StringComparison.OrdinalIgnoreCase))
        {
            return FileKinds.Of(file) == FileKind.File;
        }

        return HeadOf(file, TarMagicAt + 5).AsSpan() is { Length: TarMagicAt + 5 } head && head[TarMagicAt..].SequenceEqual("ustar"u8);
    }

    private static byte[] HeadOf(string file, int length)
    {
        if (FileKinds.Of(file) != FileKind.File)
        {
            return [];
        }

        byte[] head = new byte[length];
        using FileStream stream = InputFile.Open(file, "a file of images");
        return head[..stream.ReadAtLeast(head, length, throwOnEndOfStream: false)];
    }
}
