using RankNas.Images.Decoding;
using RankNas.Images.Sources;

namespace RankNas.Images.Loading;

/// <summary>Decodes the pictures of a listing side by side.</summary>
internal sealed class PictureLoader(PictureListing listing, IPictureFiles files, PictureOptions options)
{
    private const int NamedAtMost = 5;
    private const int HeadBytes = 64 * 1024;
    private const int LeastSide = 32;
    private const int MostSide = 224;
    private const int StepOfSide = 16;
    private const int FewPictures = 2;

    private readonly PictureDecoder _decoder = new(options);

    /// <summary>Loads the pictures.</summary>
    /// <exception cref="InvalidDataException">Pictures cannot be read and are not to be skipped, or are too many for memory.</exception>
    public PictureSet Load(IProgress<PictureProgress>? progress, CancellationToken cancellationToken)
    {
        PictureCache? cache = options.CacheFolder is null ? null : new PictureCache(options.CacheFolder, listing, options);
        DecodedPictures? decoded = cache?.Read();
        bool fromCache = decoded is not null;
        var notices = new List<string>(listing.Notices);
        if (decoded is null)
        {
            decoded = Decode(progress, cancellationToken);
            if (cache?.Write(decoded) is { } failure)
            {
                notices.Add(failure);
            }
        }

        return SetOf(decoded, notices, fromCache);
    }

    private DecodedPictures Decode(IProgress<PictureProgress>? progress, CancellationToken cancellationToken)
    {
        ImmutableArray<PictureEntry> entries = listing.Entries;
        Size2D size = options.Size ?? ChooseSize(cancellationToken);
        int bytes = checked(size.Height * size.Width * options.Channels);
        if ((long)entries.Length * bytes > Array.MaxLength)
        {
            throw new InvalidDataException(string.Create(
                CultureInfo.InvariantCulture,
                $"{entries.Length:N0} pictures of {size} take {(double)entries.Length * bytes / (1L << 30):N1} GB of memory, and 2 GB are the most: choose a smaller Size, {SideThatFits(entries.Length)} at most, or fewer pictures."));
        }

        byte[] pixels = GC.AllocateUninitializedArray<byte>(entries.Length * bytes);
        var sizes = new Size2D[entries.Length];
        string?[] failures = new string?[entries.Length];
        int done = 0;
        ForEach(
            entries.Length,
            index =>
            {
                try
                {
                    byte[] file = files.Read(entries[index].File.Name, PictureDecoder.MostFileBytes);
                    sizes[index] = _decoder.Decode(file, size, pixels.AsSpan(index * bytes, bytes), cancellationToken);
                }
                catch (UnreadablePictureException exception)
                {
                    failures[index] = exception.Message;
                }

                int now = Interlocked.Increment(ref done);
                progress?.Report(new PictureProgress(now, entries.Length));
            },
            cancellationToken);
        Refuse(failures);
        return DecodedPictures.Of(pixels, size, options.Channels, sizes, failures);
    }

    // By the training pictures alone, so that the others tell nothing.
    private Size2D ChooseSize(CancellationToken cancellationToken)
    {
        PictureEntry[] training = [.. listing.Entries.Where(entry => entry.Part == PicturePart.Training)];
        int[] sides = new int[training.Length];
        ForEach(training.Length, index => sides[index] = MeasureOf(training[index]) is { } size ? Math.Min(size.Height, size.Width) : 0, cancellationToken);
        int[] known = [.. sides.Where(side => side > 0).Order()];
        return known.Length == 0 ? LeastSide : Math.Clamp(known[(known.Length - 1) / 2] / StepOfSide * StepOfSide, LeastSide, MostSide);
    }

    // What is wrong with a picture is told when it is decoded.
    private Size2D? MeasureOf(PictureEntry entry)
    {
        try
        {
            byte[] head = files.Read(entry.File.Name, HeadBytes);
            return PictureDecoder.Measure(head)
                ?? (head.Length == HeadBytes ? PictureDecoder.Measure(files.Read(entry.File.Name, PictureDecoder.MostFileBytes)) : null);
        }
        catch (UnreadablePictureException)
        {
            return null;
        }
    }

    private void ForEach(int count, Action<int> work, CancellationToken cancellationToken)
    {
        var settings = new ParallelOptions { CancellationToken = cancellationToken, MaxDegreeOfParallelism = options.MaxDegreeOfParallelism ?? Environment.ProcessorCount };
        try
        {
            Parallel.For(0, count, settings, work);
        }
        catch (AggregateException exception) when (exception.InnerExceptions is [OperationCanceledException, ..])
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw;
        }
    }

    private void Refuse(string?[] failures)
    {
        int[] failed = [.. Enumerable.Range(0, failures.Length).Where(index => failures[index] is not null)];
        if (failed.Length == 0 || (options.OnCorrupt == CorruptPictures.Skip && failed.Length < failures.Length))
        {
            return;
        }

        string named = string.Join("; ", failed.Take(NamedAtMost).Select(index => $"'{ShownText.Of(listing.Entries[index].File.Name, ShownText.LineLength)}': {failures[index]}"));
        string more = failed.Length > NamedAtMost ? string.Create(CultureInfo.InvariantCulture, $"; and {failed.Length - NamedAtMost:N0} more") : "";
        string advice = options.OnCorrupt == CorruptPictures.Skip ? "there is no other picture" : "mend or remove them, or leave them out by OnCorrupt.Skip (--skip-corrupt)";
        throw new InvalidDataException(string.Create(
            CultureInfo.InvariantCulture,
            $"{failed.Length:N0} of {failures.Length:N0} pictures of '{ShownText.Of(listing.Source, ShownText.LineLength)}' cannot be read. {named}{more}. Now {advice}."));
    }

    private int SideThatFits(int count) => (int)Math.Sqrt(Array.MaxLength / (double)count / options.Channels);

    private PictureSet SetOf(DecodedPictures decoded, List<string> notices, bool fromCache)
    {
        var labels = listing.ClassNames.Select((name, label) => (name, label)).ToDictionary(pair => pair.name, pair => pair.label, StringComparer.Ordinal);
        PictureEntry[] kept = [.. decoded.Kept.Select(index => listing.Entries[index])];
        var shape = new NetworkShape { Classes = listing.ClassNames.Length, Channels = decoded.Channels, Height = decoded.Size.Height, Width = decoded.Size.Width };
        string name = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(listing.Source)));

        // A placeholder, so that measuring sees the training pictures alone.
        ImageNormalization none = new(Enumerable.Repeat(0.0, decoded.Channels), Enumerable.Repeat(1.0, decoded.Channels));
        var all = LabelledImages.FromPixels(
            decoded.Pixels, kept.Select(entry => labels[entry.Class]), shape, listing.ClassNames, options.Normalization ?? none,
            Describe(kept.Length, listing.ClassNames.Length, name));
        LabelledImages? training = PartOf(all, kept, PicturePart.Training, name) ?? throw new InvalidDataException(
            $"No training picture of '{ShownText.Of(listing.Source, ShownText.LineLength)}' can be read: the first is '{ShownText.Of(decoded.Failures[0].Path(listing), ShownText.LineLength)}', {decoded.Failures[0].Reason}.");
        training = training.WithNormalization(options.Normalization ?? training.MeasureNormalization());
        LabelledSplits? parts = !listing.IsDivided ? null : new LabelledSplits(
            training,
            PartOf(all, kept, PicturePart.Validation, name)?.WithNormalization(training.Normalization),
            PartOf(all, kept, PicturePart.Test, name)?.WithNormalization(training.Normalization));
        AddNotices(training, notices);
        var report = new PictureReport
        {
            Source = listing.Source,
            Read = kept.Length,
            Skipped = [.. decoded.Failures.Select(failure => new SkippedPicture(failure.Path(listing), failure.Reason))],
            IgnoredFiles = listing.IgnoredFiles,
            Classes = [.. all.ClassNames.Select((className, label) => new PictureClassCount(className, all.ImagesByClass[label]))],
            EmptyClasses = listing.EmptyClasses,
            SmallestSize = decoded.Smallest,
            MedianSize = decoded.Median,
            LargestSize = decoded.Largest,
            Size = decoded.Size,
            Notices = [.. notices],
            FromCache = fromCache,
        };
        return new PictureSet(training, parts, report, options.Normalization is null);
    }

    private LabelledImages? PartOf(LabelledImages all, PictureEntry[] kept, PicturePart part, string name)
    {
        if (!listing.IsDivided)
        {
            return all;
        }

        int[] places = [.. Enumerable.Range(0, kept.Length).Where(index => kept[index].Part == part)];
        return places.Length == 0 ? null : all.Select(places).WithDescription($"{part.ToString().ToLowerInvariant()}: {Describe(places.Length, all.Shape.Classes, name)}");
    }

    private void AddNotices(LabelledImages training, List<string> notices)
    {
        if (!listing.EmptyClasses.IsEmpty)
        {
            notices.Add($"Folders without pictures are no classes: {Few(listing.EmptyClasses)}.");
        }

        if (training.Shape.Classes == 1)
        {
            notices.Add($"There is one class only, {ShownText.Of(training.ClassNames[0])}: a network that tells classes apart needs two.");
            return;
        }

        string[] small = [.. training.ClassNames.Where((_, label) => training.ImagesByClass[label] < FewPictures)];
        if (small.Length > 0)
        {
            notices.Add($"Classes of fewer than two training pictures, from which none can be held out: {Few(small)}.");
        }
    }

    private static string Describe(int count, int classes, string name) =>
        string.Create(CultureInfo.InvariantCulture, $"{count:N0} images in {classes:N0} {(classes == 1 ? "class" : "classes")} from {ShownText.Of(name)}");

    private static string Few(IReadOnlyCollection<string> names) =>
        string.Join(", ", names.Take(NamedAtMost).Select(name => ShownText.Of(name))) + (names.Count > NamedAtMost ? ", …" : "");
}
