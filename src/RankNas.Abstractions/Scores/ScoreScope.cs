using RankNas.SearchSpaces;

namespace RankNas.Scores;

/// <summary>Everything that a score depends on, except architecture and proxy.</summary>
/// <param name="Space">The search space's <see cref="ISearchSpace.Id"/>.</param>
/// <param name="Shape">The images' shape and the number of classes, such as <c>3x32x32/10</c>.</param>
/// <param name="Images">The fingerprint of images and labels, batch size and noise included.</param>
/// <param name="Initialization">The <c>WeightInitializer.Id</c>.</param>
/// <param name="Precision">The dtype: <c>float32</c>, <c>float64</c> or <c>bfloat16</c>.</param>
/// <param name="Device">The kind of device: <c>cpu</c> or <c>cuda</c>.</param>
/// <param name="Seed">The experiment's seed.</param>
/// <param name="Repeat">Which of several initialisations, from 0.</param>
/// <param name="Numerics">What computed the score: engine, instruction set (<c>tensors</c> without CPU kernels), libtorch and kind of device, such as
/// <c>engine2-avx512-libtorch2.10.0-cpu</c>.
/// Scores of different numerics agree to about six digits only: near ties may rank differently, so they are not mixed by default.</param>
public sealed record ScoreScope(
    string Space,
    string Shape,
    string Images,
    string Initialization,
    string Precision,
    string Device,
    long Seed,
    int Repeat,
    string Numerics = ScoreScope.UnknownNumerics)
{
    /// <summary>The numerics of scores that were stored without numerics by earlier versions.</summary>
    public const string UnknownNumerics = "unknown";
}
