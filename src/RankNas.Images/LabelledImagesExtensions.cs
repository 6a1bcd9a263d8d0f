using RankNas.Images.Loading;

namespace RankNas.Images;

/// <summary>Gives <see cref="LabelledImages"/> pictures as people have them, as static members of that class: <c>LabelledImages.FromFolder("photos")</c>.</summary>
public static class LabelledImagesExtensions
{
    extension(LabelledImages)
    {
        /// <summary>Loads pictures, and detects whether the path is a folder, a CSV list, a ZIP archive, or files of CIFAR or MNIST: see <see cref="Pictures.Load"/>.</summary>
        /// <remarks>Of folders <c>train</c>, <c>val</c> and <c>test</c>, only <c>train</c> is read.</remarks>
        /// <param name="path">The folder or the file.</param>
        /// <param name="options">How they are read; the defaults where null.</param>
        /// <param name="cancellationToken">Cancels loading.</param>
        /// <inheritdoc cref="Pictures.Load" path="/exception"/>
        public static LabelledImages FromPictures(string path, PictureOptions? options = null, CancellationToken cancellationToken = default) =>
            Opener(options, cancellationToken).Open(path).Images;

        /// <summary>Loads a folder that has a folder of pictures for each class. Of folders <c>train</c>, <c>val</c> and <c>test</c>, only <c>train</c> is read.</summary>
        /// <param name="path">The folder.</param>
        /// <param name="options">How they are read; the defaults where null.</param>
        /// <param name="cancellationToken">Cancels loading.</param>
        /// <inheritdoc cref="Pictures.Load" path="/exception"/>
        public static LabelledImages FromFolder(string path, PictureOptions? options = null, CancellationToken cancellationToken = default) =>
            Opener(options, cancellationToken).Folder(path).Images;

        /// <summary>Loads the pictures of a CSV list: a row for each, with its path and the name of its class.</summary>
        /// <remarks>
        /// Fields are separated by commas, semicolons or tabs, and may be in quotes. Without a header, there are two columns. Paths are relative to the list's folder. Classes
        /// are sorted by their characters' codes, and as numbers where all are.
        /// </remarks>
        /// <param name="path">The list, in UTF-8.</param>
        /// <param name="options">How they are read; the defaults where null.</param>
        /// <param name="cancellationToken">Cancels loading.</param>
        /// <inheritdoc cref="Pictures.Load" path="/exception"/>
        public static LabelledImages FromCsv(string path, PictureOptions? options = null, CancellationToken cancellationToken = default) =>
            Opener(options, cancellationToken).Csv(path).Images;

        /// <summary>Loads a ZIP archive of folders of pictures, or of a CSV list and its pictures. Nothing is unpacked to the disk.</summary>
        /// <param name="path">The archive.</param>
        /// <param name="options">How they are read; the defaults where null.</param>
        /// <param name="cancellationToken">Cancels loading.</param>
        /// <inheritdoc cref="Pictures.Load" path="/exception"/>
        public static LabelledImages FromZip(string path, PictureOptions? options = null, CancellationToken cancellationToken = default) =>
            Opener(options, cancellationToken).Zip(path).Images;

        /// <summary>Loads a folder for training, validation and test: the folders <c>train</c>, <c>val</c> and <c>test</c>, and what is missing split off the training pictures.</summary>
        /// <remarks>All parts have the class names of the training pictures, and their normalisation.</remarks>
        /// <param name="path">The folder, which has these folders or one for each class.</param>
        /// <param name="options">How the pictures are read; the defaults where null.</param>
        /// <param name="validationShare">The share of each class for validation, where there is no folder <c>val</c>; 0 for none.</param>
        /// <param name="testShare">The share of each class for the test, where there is no folder <c>test</c>; 0 for none.</param>
        /// <param name="seed">The seed of what is split off; the split is the same on every machine.</param>
        /// <param name="cancellationToken">Cancels loading.</param>
        /// <inheritdoc cref="Pictures.Load" path="/exception"/>
        public static LabelledSplits SplitsFromFolder(
            string path, PictureOptions? options = null, double validationShare = 0.2, double testShare = 0, long seed = 0, CancellationToken cancellationToken = default) =>
            new PictureOpener(options, trainingOnly: false, progress: null, cancellationToken).Folder(path).Split(validationShare, testShare, seed);
    }

    private static PictureOpener Opener(PictureOptions? options, CancellationToken cancellationToken) =>
        new(options, trainingOnly: true, progress: null, cancellationToken);
}
