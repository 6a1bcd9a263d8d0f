namespace RankNas.Storage.Sqlite;

/// <summary>A stored score as a flat record: a row of a CSV file, a line of a JSON lines file.</summary>
/// <param name="Space">The search space.</param>
/// <param name="Architecture">The architecture.</param>
/// <param name="Proxy">The proxy's id.</param>
/// <param name="Settings">The proxy's settings.</param>
/// <param name="Kind">finite, infinite or failed.</param>
/// <param name="Value">The number in its shortest exact form, Infinity or -Infinity; nothing where the score failed.</param>
/// <param name="Failure">Why the score failed; else nothing.</param>
/// <param name="Seconds">How long scoring took.</param>
/// <param name="Shape">The images' shape and the number of classes.</param>
/// <param name="Images">The images' fingerprint, the batch size and the noise.</param>
/// <param name="Initialization">How weights were drawn.</param>
/// <param name="Precision">The dtype.</param>
/// <param name="Device">The kind of device.</param>
/// <param name="Seed">The experiment's seed.</param>
/// <param name="Repeat">Which of several initialisations.</param>
/// <param name="Numerics">What computed the score; files from before there were any do not say.</param>
internal sealed record ScoreRecord(
    string Space,
    string Architecture,
    string Proxy,
    string Settings,
    string Kind,
    string? Value,
    string? Failure,
    double Seconds,
    string Shape,
    string Images,
    string Initialization,
    string Precision,
    string Device,
    long Seed,
    int Repeat,
    string Numerics = ScoreScope.UnknownNumerics)
{
    private static readonly System.Globalization.CultureInfo Invariant = System.Globalization.CultureInfo.InvariantCulture;

    public static string KindOf(Score score) => score.Kind switch
    {
        ScoreKind.Finite => "finite",
        ScoreKind.Infinite => "infinite",
        _ => "failed",
    };

    public static ScoreRecord Of(StoredScore stored)
    {
        (ScoreScope scope, string architecture, string proxy, string settings) = stored.Key;
        Score score = stored.Score;
        return new ScoreRecord(
            scope.Space, architecture, proxy, settings,
            KindOf(score), score.Kind == ScoreKind.Failed ? null : score.Value.ToString("R", Invariant), score.Failure, stored.Seconds,
            scope.Shape, scope.Images, scope.Initialization, scope.Precision, scope.Device, scope.Seed, scope.Repeat, scope.Numerics);
    }

    /// <exception cref="FormatException">The record is no score: a part is missing, out of range, or does not fit another.</exception>
    public StoredScore ToStoredScore()
    {
        foreach ((string name, string text) in ((string, string)[])[("space", Space), ("architecture", Architecture), ("proxy", Proxy), ("numerics", Numerics)])
        {
            if (string.IsNullOrWhiteSpace(text))
            {
                throw new FormatException($"the {name} is missing");
            }
        }

        if (Repeat < 0)
        {
            throw new FormatException(string.Create(Invariant, $"the repeat is {Repeat}, and not a whole number from 0"));
        }

        if (!double.IsFinite(Seconds) || Seconds < 0)
        {
            throw new FormatException(string.Create(Invariant, $"the seconds are {Seconds}, and not a finite number from 0"));
        }

        var scope = new ScoreScope(Space, Shape, Images, Initialization, Precision, Device, Seed, Repeat, Numerics);
        return new StoredScore(new ScoreKey(scope, Architecture, Proxy, Settings), ToScore(), Seconds);
    }

    private Score ToScore() => (Kind, string.IsNullOrEmpty(Value), string.IsNullOrWhiteSpace(Failure)) switch
    {
        ("failed", true, false) => Score.Failed(Failure!),
        ("failed", _, _) => throw new FormatException("a failed score has its failure, and no value"),
        ("finite" or "infinite", false, true) when TryScore() is { } score => score,
        _ => throw new FormatException($"the kind '{ShownText.Of(Kind)}' does not fit the value '{ShownText.Of(Value)}', or there is a failure beside it"),
    };

    private Score? TryScore() =>
        double.TryParse(Value, System.Globalization.NumberStyles.Float, Invariant, out double value) && KindOf(Score.Of(value)) == Kind ? Score.Of(value) : null;
}
