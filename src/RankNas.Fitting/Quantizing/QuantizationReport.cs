namespace RankNas.Fitting.Quantizing;

/// <summary>What was quantised.</summary>
/// <param name="QuantizedLayers">How many convolutions and matrix products have weights of 8 bits.</param>
/// <param name="FloatLayers">How many convolutions and matrix products stay in float32, because their weights are computed and not stored.</param>
/// <param name="CalibrationImages">How many images the ranges of activations were measured on.</param>
/// <param name="BytesBefore">The size of the float32 model's file.</param>
/// <param name="BytesAfter">The size of the quantised model's file.</param>
public sealed record QuantizationReport(int QuantizedLayers, int FloatLayers, int CalibrationImages, long BytesBefore, long BytesAfter);
