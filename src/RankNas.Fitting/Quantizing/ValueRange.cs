namespace RankNas.Fitting.Quantizing;

/// <summary>The range of an activation, and how it is stored in 8 bits.</summary>
internal readonly record struct ValueRange
{
    private const int Steps = byte.MaxValue;

    /// <param name="low">The least value; the range is widened to hold 0, which padding needs exactly.</param>
    /// <param name="high">The greatest value.</param>
    public ValueRange(double low, double high)
    {
        (Low, High) = (Math.Min(low, 0), Math.Max(high, 0));
        double scale = (High - Low) / Steps;

        // A value that is always 0 may have any scale.
        Scale = scale > 1e-30 ? (float)scale : 1;
        ZeroPoint = (byte)Math.Clamp(Math.Round(-Low / Scale), 0, Steps);
    }

    public double Low { get; }

    public double High { get; }

    public float Scale { get; }

    public byte ZeroPoint { get; }
}
