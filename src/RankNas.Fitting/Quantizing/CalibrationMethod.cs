namespace RankNas.Fitting.Quantizing;

/// <summary>How the range of an activation is chosen from its values on the calibration images.</summary>
public enum CalibrationMethod
{
    /// <summary>From the least to the greatest value.</summary>
    MinMax,

    /// <summary>The range that holds all but the rarest values at both ends: see <see cref="QuantizationOptions.Percentile"/>.</summary>
    Percentile,
}
