namespace RankNas.Images;

/// <summary>Reads the files of well-known data sets, and names those that are of another version.</summary>
internal static class KnownFiles
{
    /// <summary>Reads all images of a file or a folder.</summary>
    public static LabelledImages Read(string fileOrFolder)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(fileOrFolder);
        if (IdxFiles.Find(fileOrFolder) is { } images)
        {
            return IdxFiles.Read(images, labelsFile: null);
        }

        CifarImages cifar = ProbeImages.FromFile(fileOrFolder) as CifarImages ?? throw new InvalidOperationException("CIFAR files are read by one type.");
        (byte[] pixels, int[] labels) = cifar.ReadAll();
        return LabelledImages.FromPixels(pixels, labels, cifar.Shape, CifarClasses.Of(cifar.Shape.Classes), cifar.Normalization, cifar.Description);
    }

    /// <summary>Whether a folder or a file has the name or the first bytes of one of these data sets.</summary>
    public static bool IsOne(string fileOrFolder)
    {
        if (IdxFiles.Find(fileOrFolder) is not null)
        {
            return true;
        }

        return Directory.Exists(fileOrFolder)
            ? CifarFiles.HasCifar(fileOrFolder)
            : Path.GetExtension(fileOrFolder).Equals(".bin", StringComparison.OrdinalIgnoreCase) || ForeignFiles.IsPickle(fileOrFolder);
    }
}
