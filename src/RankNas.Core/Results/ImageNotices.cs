using RankNas.Images;

namespace RankNas.Results;

/// <summary>What speaks against a batch of images.</summary>
internal static class ImageNotices
{
    // Images normalised by another data set's figures, or scaled to −1 … 1, stay within these.
    private const double LargestMean = 1;
    private const double SmallestDeviation = 1.0 / 3;
    private const double LargestDeviation = 3;

    // Normalised pixels reach some 3, bytes as a rule 255.
    private const double LeastByte = 16;

    // A few images of one colour do no harm.
    private const double LeastConstantShare = 0.1;

    private const string Advice = "proxies expect each channel to have mean 0 and deviation 1";

    public static IEnumerable<SearchNotice> Of(ProbeImages images, BatchStatistics batch)
    {
        bool identical = batch.Images > 1 && batch.Copies == batch.Images - 1;
        SearchNotice?[] notices =
        [
            identical ? Identical(batch) : Repeated(batch),
            batch.Images == 1 ? OneImage() : null,
            ChannelsLast.IsLikely(images.Shape) ? LikeChannelsLast(images.Shape) : null,
            identical ? null : NotNormalized(batch),
            identical ? null : Constant(batch),
            .. images.HasLabels ? (SearchNotice?[])[OneClass(batch, images.Shape.Classes), LabelsFromOne(batch, images.Shape.Classes)] : [],
        ];
        return notices.OfType<SearchNotice>();
    }

    private static SearchNotice Identical(BatchStatistics batch) => Notice(
        SearchNoticeCodes.ImagesIdentical,
        $"All {batch.Images:N0} images are the same, so that no network can tell them apart: give different ones.");

    private static SearchNotice OneImage() => Notice(
        SearchNoticeCodes.ImagesTooFew,
        $"There is one image only: proxies that compare what a network makes of different images, as NASWOT does, have nothing to compare.");

    private static SearchNotice? Repeated(BatchStatistics batch) => batch.Copies == 0 ? null : Notice(
        SearchNoticeCodes.ImagesRepeated,
        $"{batch.Copies:N0} of {batch.Images:N0} images are copies of others, which no network can tell apart: NASWOT is −∞ then. Leave copies out.");

    private static SearchNotice LikeChannelsLast(NetworkShape shape) => Notice(
        SearchNoticeCodes.ImagesChannelsLast,
        $"The images have {shape.Channels} channels and are {shape.Height} pixels high and 1 wide: if the channels came last, call permute(0, 3, 1, 2) first.");

    private static SearchNotice? NotNormalized(BatchStatistics batch) => batch switch
    {
        { Smallest: >= 0, Largest: <= 1 } => Notice(
            SearchNoticeCodes.ImagesNotNormalized,
            $"The images' pixels lie between 0 and 1, but {Advice}: normalise them by (pixel − mean) / deviation."),
        { Smallest: >= 0, Largest: >= LeastByte and <= 255 } => Notice(
            SearchNoticeCodes.ImagesNotNormalized,
            $"The images' pixels go from {batch.Smallest:G4} to {batch.Largest:G4}, as bytes do, but {Advice}: normalise them by (pixel / 255 − mean) / deviation."),
        { Images: >= BatchSelection.LeastImages } when IsFarOff(batch) => Notice(
            SearchNoticeCodes.ImagesNotNormalized,
            $"The images' pixels have mean {batch.Mean:G3} and deviation {batch.Deviation:G3}, but {Advice}: normalise them."),
        _ => null,
    };

    private static bool IsFarOff(BatchStatistics batch) =>
        Math.Abs(batch.Mean) > LargestMean || batch.Deviation is < SmallestDeviation or > LargestDeviation;

    private static SearchNotice? Constant(BatchStatistics batch) => batch.Constant < LeastConstantShare * batch.Images || batch.Constant == 0 ? null : Notice(
        SearchNoticeCodes.ImagesConstant,
        $"{batch.Constant:N0} of {batch.Images:N0} images have one value in all pixels, and show nothing: give others.");

    private static SearchNotice? OneClass(BatchStatistics batch, int classes) =>
        batch.Images < BatchSelection.LeastImages || classes == 1 || batch.Labels.Count > 1 ? null : Notice(
            SearchNoticeCodes.ImagesOfOneClass,
            $"All {batch.Images:N0} images are of class {batch.Labels.First()}, of {classes:N0}: networks are to tell classes apart, so give images of all of them.");

    private static SearchNotice? LabelsFromOne(BatchStatistics batch, int classes) =>
        classes < 3 || batch.Labels.Count != classes - 1 || batch.Labels.First() != 1 ? null : Notice(
            SearchNoticeCodes.LabelsFromOne,
            $"The labels go from 1 to {classes - 1}, and no image is of class 0: class indices start from 0, so subtract 1.");

    private static SearchNotice Notice(string code, FormattableString message) => new(code, message.ToString(CultureInfo.InvariantCulture));
}
