using System.Runtime.Intrinsics;
using static TorchSharp.torch;

namespace RankNas.Kernels;

/// <summary>A number as it lies in an image's memory, and whole vectors of them, which kernels compute with in float32.</summary>
/// <typeparam name="TSelf">The number itself.</typeparam>
internal interface IPixelValue<TSelf>
    where TSelf : unmanaged, IPixelValue<TSelf>
{
    /// <summary>Gets libtorch's name of the format.</summary>
    static abstract ScalarType Format { get; }

    /// <summary>Gets whether the processor has what it takes.</summary>
    static abstract bool IsSupported { get; }

    static abstract explicit operator float(TSelf value);

    static abstract explicit operator TSelf(float value);

    static abstract Vector512<float> Load(ref TSelf from, nuint offset);

    static abstract Vector256<float> LoadHalf(ref TSelf from, nuint offset);

    static abstract void Store(Vector512<float> values, ref TSelf to, nuint offset);

    /// <summary>Stores the first values of a vector alone.</summary>
    static abstract void StoreFirst(Vector512<float> values, ref TSelf to, nuint offset, int count);

    static abstract void StoreHalf(Vector256<float> values, ref TSelf to, nuint offset);
}
