namespace RankNas;

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
/// <param name="Precision">The number format.</param>
/// <param name="Device">The kind of device.</param>
/// <param name="Seed">The experiment's seed.</param>
/// <param name="Repeat">Which of several initialisations.</param>
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
    int Repeat)
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
            scope.Shape, scope.Images, scope.Initialization, scope.Precision, scope.Device, scope.Seed, scope.Repeat);
    }

    /// <exception cref="FormatException">Kind and value do not fit.</exception>
    public StoredScore ToStoredScore()
    {
        var scope = new ScoreScope(Space, Shape, Images, Initialization, Precision, Device, Seed, Repeat);
        Score score = Kind == "failed"
            ? Score.Failed(string.IsNullOrWhiteSpace(Failure) ? throw new FormatException("a failed score needs its failure") : Failure)
            : Score.Of(double.Parse(Value ?? "", System.Globalization.NumberStyles.Float, Invariant));
        if (KindOf(score) != Kind)
        {
            throw new FormatException($"the kind '{Kind}' does not fit the value '{Value}'");
        }

        return new StoredScore(new ScoreKey(scope, Architecture, Proxy, Settings), score, Seconds);
    }
}
