using System.Text.Json;
using RankNas.Fitting.Running;

namespace RankNas.Fitting.Predicting;

/// <summary>What the ONNX file says of itself: enough to read pictures as in training, and to name the classes.</summary>
internal sealed record ClassifierMetadata(ImmutableArray<string> Classes, PictureOptions Pictures)
{
    private const string ClassesKey = "classes";
    private const string ResizeKey = "picture resize";
    private const string BackgroundKey = "picture background";

    public static ImmutableDictionary<string, string> Of(ISearchSpace space, Architecture architecture, IReadOnlyList<string> classes, PictureOptions pictures) => new Dictionary<string, string>
    {
        [ClassesKey] = JsonSerializer.Serialize(classes, FitJson.Default.IReadOnlyListString),
        [ResizeKey] = pictures.Resize.ToString(),
        [BackgroundKey] = string.Create(CultureInfo.InvariantCulture, $"{pictures.Background.Red} {pictures.Background.Green} {pictures.Background.Blue}"),
        ["space"] = space.Id,
        ["architecture"] = architecture.Text,
    }.ToImmutableDictionary();

    /// <exception cref="InvalidDataException">The model is not one of ours.</exception>
    public static ClassifierMetadata Read(IReadOnlyDictionary<string, string> metadata, string file)
    {
        try
        {
            IReadOnlyList<string>? classes = metadata.TryGetValue(ClassesKey, out string? names) ? JsonSerializer.Deserialize(names, FitJson.Default.IReadOnlyListString) : null;
            byte[] background = [.. metadata.GetValueOrDefault(BackgroundKey, "255 255 255").Split(' ').Select(value => byte.Parse(value, CultureInfo.InvariantCulture))];
            if (classes is not { Count: > 0 } || background.Length != 3 || !Enum.TryParse(metadata.GetValueOrDefault(ResizeKey), out PictureResize resize))
            {
                throw new InvalidDataException($"'{file}' does not say which classes it has and how it reads pictures: predict with a model that was made by fit.");
            }

            return new ClassifierMetadata([.. classes], new PictureOptions { Resize = resize, Background = new PictureColor(background[0], background[1], background[2]) });
        }
        catch (Exception exception) when (exception is JsonException or FormatException or OverflowException)
        {
            throw new InvalidDataException($"The metadata of '{file}' is damaged: {exception.Message}", exception);
        }
    }
}
