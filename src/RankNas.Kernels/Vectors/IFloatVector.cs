namespace RankNas.Kernels.Vectors;

/// <summary>A vector of float32, of the width for which a kernel is compiled.</summary>
/// <remarks>Kernels are written once, for any width; the runtime compiles one for each, in which nothing of these types is left but the instructions.</remarks>
/// <typeparam name="TSelf">The vector itself.</typeparam>
internal interface IFloatVector<TSelf>
    where TSelf : struct, IFloatVector<TSelf>
{
    /// <summary>Gets the number of values.</summary>
    static abstract int Count { get; }

    static abstract TSelf operator +(TSelf left, TSelf right);

    static abstract TSelf operator -(TSelf left, TSelf right);

    static abstract TSelf operator *(TSelf left, float right);

    /// <summary>Gets a vector of one value.</summary>
    static abstract TSelf Create(float value);

    static abstract TSelf Load(ref float from, nuint offset);

    /// <summary>Loads bfloat16, which are the upper halves of float32.</summary>
    static abstract TSelf LoadUpperHalves(ref ushort from, nuint offset);

    /// <summary>Gets factor · other + added, the product not rounded.</summary>
    static abstract TSelf MultiplyAdd(TSelf factor, TSelf other, TSelf added);

    /// <summary>Gets the values brought into a range. A NaN stays one.</summary>
    TSelf Clamp(TSelf least, TSelf most);

    /// <summary>Gets a bit for each value: whether it is greater than zero.</summary>
    uint AreGreaterThanZero();

    void Store(ref float to, nuint offset);

    /// <summary>Stores bfloat16, rounded to the nearest, and half way to the even one.</summary>
    void StoreUpperHalves(ref ushort to, nuint offset);

    /// <summary>Adds the values to sums in float64.</summary>
    void AddTo(ref double sums);
}
