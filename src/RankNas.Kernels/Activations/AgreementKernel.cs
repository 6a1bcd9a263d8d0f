using MathNet.Numerics.LinearAlgebra;
using TorchSharp;
using static TorchSharp.torch;

namespace RankNas;

/// <summary>NASWOT's kernel matrix K_H: how many units agree on each pair of images.</summary>
internal sealed class AgreementKernel(int images) : IDisposable
{
    // Enough to be worth another core's while.
    private const int RowsOfPart = 8;

    private readonly long[] _disagreements = new long[images * images];
    private Tensor? _onDevice;
    private long _units;

    /// <summary>Adds the units of a layer.</summary>
    /// <param name="input">What goes into them, <c>[N, …]</c>.</param>
    /// <param name="uses">How many layers take it.</param>
    /// <exception cref="InvalidOperationException">The input is not one row for each image.</exception>
    public void Add(Tensor input, int uses)
    {
        if (input.shape[0] != images)
        {
            throw new InvalidOperationException(
                $"NASWOT needs one row for each of the {images} images, and an activation got [{string.Join(", ", input.shape)}].");
        }

        if (input.device_type != DeviceType.CPU)
        {
            AddOnDevice(input, uses);
            return;
        }

        AddPacked(input, uses);
    }

    /// <summary>Gets ln|det K_H|.</summary>
    public double LogAbsoluteDeterminant()
    {
        var kernel = Matrix<double>.Build.Dense(images, images, (row, column) => _units - _disagreements[row * images + column]);
        if (_onDevice is not null)
        {
            using Tensor onCpu = _onDevice.cpu();
            double[] agreements = onCpu.data<double>().ToArray();
            kernel += Matrix<double>.Build.Dense(images, images, (row, column) => agreements[row * images + column]);
        }

        return kernel.LU().U.Diagonal().Sum(pivot => Math.Log(Math.Abs(pivot)));
    }

    public void Dispose() => _onDevice?.Dispose();

    /// <summary>Adds the units of a layer by their signs.</summary>
    /// <param name="signs">Which of its inputs are greater than zero.</param>
    /// <param name="uses">How many layers take them.</param>
    public void Add(PackedSigns signs, int uses)
    {
        AddDisagreements(signs, uses);
        _units += (long)uses * signs.Units;
    }

    private void AddPacked(Tensor input, int uses)
    {
        using Tensor dense = SignBits.IsReadable(input) ? input.alias() : input.to(ScalarType.Float32).contiguous();
        int units = (int)(dense.numel() / images);
        using var signs = new PackedSigns(images, units, units);
        SignBits.Pack(dense, images, signs.Words, signs.WordsOfImage);
        Add(signs, uses);
    }

    private void AddDisagreements(PackedSigns signs, int uses) => SharedCores.ForEachPart((images + RowsOfPart - 1) / RowsOfPart, part =>
    {
        for (int row = part * RowsOfPart; row < Math.Min((part + 1) * RowsOfPart, images); row++)
        {
            AddDisagreements(signs, row, uses);
        }
    });

    private void AddDisagreements(PackedSigns signs, int row, int uses)
    {
        ReadOnlySpan<ulong> own = signs.WordsOf(row);
        for (int column = 0; column < row; column++)
        {
            long disagreements = uses * BitDistance.Between(own, signs.WordsOf(column));
            _disagreements[row * images + column] += disagreements;
            _disagreements[column * images + row] += disagreements;
        }
    }

    // Two products, as the formula has it: exact in float32 up to 2^24 units.
    private void AddOnDevice(Tensor input, int uses)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor code = input.reshape(images, -1).gt(zeros(1, dtype: input.dtype, device: input.device)).to(ScalarType.Float32);
        Tensor inverse = ones_like(code).sub(code);
        Tensor agreements = code.mm(code.t()).Plus(inverse.mm(inverse.t())).to(ScalarType.Float64).Times(uses);
        if (_onDevice is null)
        {
            _onDevice = agreements.DetachFromDisposeScope();
        }
        else
        {
            _onDevice.AddInPlace(agreements);
        }
    }
}
