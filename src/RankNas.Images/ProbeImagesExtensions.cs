namespace RankNas.Images;

/// <summary>Gives the proxies pictures as people have them, as static members of <see cref="ProbeImages"/>: <c>ProbeImages.FromFolder("photos")</c>.</summary>
public static class ProbeImagesExtensions
{
    extension(ProbeImages)
    {
        /// <summary>Loads pictures for the proxies, and detects what the path is, as <see cref="Pictures.Load"/> does. Of folders <c>train</c>, <c>val</c> and <c>test</c>, only <c>train</c> is read.</summary>
        /// <param name="path">The folder or the file.</param>
        /// <param name="options">How they are read; the defaults where null.</param>
        /// <param name="cancellationToken">Cancels loading.</param>
        /// <inheritdoc cref="Pictures.Load" path="/exception"/>
        public static ProbeImages FromPictures(string path, PictureOptions? options = null, CancellationToken cancellationToken = default) =>
            LabelledImages.FromPictures(path, options, cancellationToken).ToProbeImages();

        /// <summary>Loads a folder that has a folder of pictures for each class. Of folders <c>train</c>, <c>val</c> and <c>test</c>, only <c>train</c> is read.</summary>
        /// <param name="path">The folder.</param>
        /// <param name="options">How they are read; the defaults where null.</param>
        /// <param name="cancellationToken">Cancels loading.</param>
        /// <inheritdoc cref="Pictures.Load" path="/exception"/>
        public static ProbeImages FromFolder(string path, PictureOptions? options = null, CancellationToken cancellationToken = default) =>
            LabelledImages.FromFolder(path, options, cancellationToken).ToProbeImages();

        /// <summary>Loads the pictures of a CSV list: a row for each, with its path and the name of its class.</summary>
        /// <param name="path">The list, in UTF-8; paths in it are relative to its folder.</param>
        /// <param name="options">How they are read; the defaults where null.</param>
        /// <param name="cancellationToken">Cancels loading.</param>
        /// <inheritdoc cref="Pictures.Load" path="/exception"/>
        public static ProbeImages FromCsv(string path, PictureOptions? options = null, CancellationToken cancellationToken = default) =>
            LabelledImages.FromCsv(path, options, cancellationToken).ToProbeImages();

        /// <summary>Loads a ZIP archive of folders of pictures, or of a CSV list and its pictures.</summary>
        /// <param name="path">The archive.</param>
        /// <param name="options">How they are read; the defaults where null.</param>
        /// <param name="cancellationToken">Cancels loading.</param>
        /// <inheritdoc cref="Pictures.Load" path="/exception"/>
        public static ProbeImages FromZip(string path, PictureOptions? options = null, CancellationToken cancellationToken = default) =>
            LabelledImages.FromZip(path, options, cancellationToken).ToProbeImages();
    }
}
