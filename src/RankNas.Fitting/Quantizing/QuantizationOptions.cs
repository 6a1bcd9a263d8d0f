namespace RankNas.Fitting.Quantizing;

/// <summary>How a model is quantised.</summary>
public sealed record QuantizationOptions
{
    private const int Most = 1_000_000;

    /// <summary>Gets how the ranges of activations are chosen.</summary>
    /// <value>The default is <see cref="CalibrationMethod.MinMax"/>.</value>
    public CalibrationMethod Calibration { get; init; }

    /// <summary>Gets the percentage of an activation's values that its range holds, half of the rest being cut off at each end, by <see cref="CalibrationMethod.Percentile"/>; from 50 to 100.</summary>
    /// <value>The default is 99.99.</value>
    public double Percentile { get; init => field = InRange(value, 50, 100, nameof(Percentile)); } = 99.99;

    /// <summary>Gets the most images that ranges are measured on, spread evenly over those given; from 1 to 1,000,000.</summary>
    /// <value>The default is 256.</value>
    public int MaxImages { get; init => field = (int)InRange(value, 1, Most, nameof(MaxImages)); } = 256;

    private static double InRange(double value, double least, double most, string name) => value >= least && value <= most
        ? value
        : throw new ArgumentOutOfRangeException(name, value, string.Create(CultureInfo.InvariantCulture, $"{name} is {value}: it must be from {least} to {most:N0}."));
}
