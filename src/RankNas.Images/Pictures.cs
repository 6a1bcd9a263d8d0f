using RankNas.Images.Loading;

namespace RankNas.Images;

/// <summary>Loads pictures as people have them: folders of photos, CSV lists, ZIP archives, and the files of CIFAR and MNIST.</summary>
/// <remarks>
/// <para>PNG, JPEG, WebP, BMP and the first picture of a GIF are read, turned upright as their EXIF data say. A folder has a folder for each class; folders below
/// it belong to the class. The classes are the names of the folders, sorted by their characters' codes. Folders called <c>train</c>, <c>val</c> (<c>valid</c>, <c>validation</c>) and
/// <c>test</c> divide the pictures into parts. Hidden files, and files that are no pictures by their names, are ignored and counted.</para>
/// <para>Pixels are resized as Pillow's <c>BILINEAR</c> does, in gamma-encoded values; large JPEGs are decoded at a fraction of their size first, at least twice the wanted one.</para>
/// </remarks>
public static class Pictures
{
    /// <summary>Loads pictures, and detects what the path is.</summary>
    /// <param name="path">A folder of folders of classes; a folder of pictures with one CSV file; a CSV file; a ZIP archive of either; or files of CIFAR or MNIST, which keep their own size.</param>
    /// <param name="options">How they are read; the defaults where null.</param>
    /// <param name="progress">Is told how far it is.</param>
    /// <param name="cancellationToken">Cancels loading.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="InvalidDataException">There are no pictures with classes, or some cannot be read and <see cref="PictureOptions.OnCorrupt"/> does not skip them, or all together do not fit into 2 GB.</exception>
    /// <exception cref="OperationCanceledException">Loading was cancelled.</exception>
    /// <exception cref="UnauthorizedAccessException">A folder or the file may not be read.</exception>
    public static PictureSet Load(
        string path, PictureOptions? options = null, IProgress<PictureProgress>? progress = null, CancellationToken cancellationToken = default) =>
        new PictureOpener(options, trainingOnly: false, progress, cancellationToken).Open(path);

    /// <summary>Loads pictures on other threads.</summary>
    /// <inheritdoc cref="Load"/>
    public static Task<PictureSet> LoadAsync(
        string path, PictureOptions? options = null, IProgress<PictureProgress>? progress = null, CancellationToken cancellationToken = default) =>
        Task.Run(() => Load(path, options, progress, cancellationToken), cancellationToken);
}
