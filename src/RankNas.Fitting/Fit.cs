using RankNas.Fitting;
using RankNas.Fitting.Running;

namespace RankNas;

/// <summary>From pictures to a model in one call.</summary>
public static class Fit
{
    /// <summary>Reads pictures, finds an architecture for them without training, trains the best few briefly, trains the one that is best on the validation pictures, and writes the model.</summary>
    /// <remarks>
    /// Everything is written into <see cref="FitOptions.OutputFolder"/>; see <see cref="FitFiles"/>. What is stopped or killed goes on with <see cref="FitOptions.Resume"/>.
    /// On the CPU and without a time limit, equal pictures and options give equal weights.
    /// </remarks>
    /// <param name="pictures">A folder of class folders, also divided into <c>train</c>, <c>val</c> and <c>test</c>; a CSV file of paths and labels; or a ZIP file of either.</param>
    /// <param name="options">The options; the defaults where null.</param>
    /// <param name="progress">Told how far it is.</param>
    /// <param name="cancellationToken">
    /// Ends early. Once the last training has begun, the model is written as it is, and <see cref="FitResult.End"/> says so; before, an <see cref="OperationCanceledException"/> is thrown.
    /// </param>
    /// <returns>What was found and written.</returns>
    /// <exception cref="FitException">The pictures, the options or the output folder do not allow it; the message says what to do.</exception>
    /// <exception cref="IOException">Pictures are not there or can not be read.</exception>
    /// <exception cref="InvalidDataException">Pictures are damaged, or there are none.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled before the last training had begun.</exception>
    public static Task<FitResult> FolderAsync(
        string pictures, FitOptions? options = null, IProgress<FitProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(pictures);
        return new FitRun(pictures, options ?? new FitOptions(), progress).RunAsync(cancellationToken);
    }
}
