using System.Globalization;

namespace RankNas.Graphs;

/// <summary>A height and a width, of kernels, strides, paddings and dilations.</summary>
/// <param name="Height">The height in pixels.</param>
/// <param name="Width">The width in pixels.</param>
public readonly record struct Size2D(int Height, int Width)
{
    /// <summary>Gets a square.</summary>
    /// <param name="side">Its height and width.</param>
    public static implicit operator Size2D(int side) => new(side, side);

    /// <summary>Gets a square, as the conversion does.</summary>
    /// <param name="side">Its height and width.</param>
    public static Size2D FromInt32(int side) => side;

    /// <summary>Gets the size from a height and a width.</summary>
    /// <param name="size">Both.</param>
    public static implicit operator Size2D((int Height, int Width) size) => new(size.Height, size.Width);

    /// <summary>Writes <c>3x5</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Height}x{Width}");

    internal Size2D Map(Func<int, int> change) => new(change(Height), change(Width));
}
