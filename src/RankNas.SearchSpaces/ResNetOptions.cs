namespace RankNas.SearchSpaces;

/// <summary>The settings of <see cref="ResNetSpace"/>.</summary>
public sealed record ResNetOptions
{
    /// <summary>Gets the height and width of the images in pixels, to which a search resizes its images; from 8 to 4,096.</summary>
    /// <value>The default is null: the images are as large as they are.</value>
    public int? Resolution { get; init => field = SettingChecks.Resolution(value); }
}
