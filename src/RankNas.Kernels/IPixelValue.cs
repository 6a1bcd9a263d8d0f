using RankNas.Kernels.Vectors;
using static TorchSharp.torch;

namespace RankNas.Kernels;

/// <summary>A number as it lies in an image's memory, and whole vectors of them, which kernels compute with in float32.</summary>
/// <typeparam name="TSelf">The number itself.</typeparam>
internal interface IPixelValue<TSelf>
    where TSelf : unmanaged, IPixelValue<TSelf>
{
    /// <summary>Gets libtorch's name of the format.</summary>
    static abstract ScalarType Format { get; }

    static abstract explicit operator float(TSelf value);

    static abstract explicit operator TSelf(float value);

    static abstract TVector Load<TVector>(ref TSelf from, nuint offset)
        where TVector : struct, IFloatVector<TVector>;

    static abstract void Store<TVector>(TVector values, ref TSelf to, nuint offset)
        where TVector : struct, IFloatVector<TVector>;
}
