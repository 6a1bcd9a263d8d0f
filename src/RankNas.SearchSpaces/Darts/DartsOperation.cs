namespace RankNas.SearchSpaces.Darts;

/// <summary>The operations of DARTS, in the order of its <c>PRIMITIVES</c>: the genes.</summary>
internal enum DartsOperation
{
    None,
    MaxPooling3x3,
    AveragePooling3x3,
    SkipConnect,
    SeparableConvolution3x3,
    SeparableConvolution5x5,
    DilatedConvolution3x3,
    DilatedConvolution5x5,
}
