namespace RankNas.Training.Augmentations;

/// <summary>Changes of colours, in place, on bytes <c>[H, W, C]</c>; rounded as Pillow's <c>ImageEnhance</c> and <c>ImageOps</c> do.</summary>
internal static class ColorOperations
{
    private const int Levels = 256;

    public static void Brightness(Span<byte> pixels, double factor)
    {
        Span<byte> table = stackalloc byte[Levels];
        FillBlend(table, degenerate: 0, factor);
        Apply(table, pixels);
    }

    public static void Contrast(Span<byte> pixels, ImageSize size, double factor)
    {
        long sum = 0;
        for (int pixel = 0; pixel < pixels.Length; pixel += size.Channels)
        {
            sum += Gray(pixels.Slice(pixel, size.Channels));
        }

        Span<byte> table = stackalloc byte[Levels];
        FillBlend(table, (int)((double)sum / (size.Height * size.Width) + 0.5), factor);
        Apply(table, pixels);
    }

    /// <summary>Blends with each pixel's grey. Images that do not have three channels have no saturation.</summary>
    public static void Saturation(Span<byte> pixels, ImageSize size, double factor)
    {
        if (size.Channels != 3)
        {
            return;
        }

        for (int pixel = 0; pixel < pixels.Length; pixel += 3)
        {
            Span<byte> color = pixels.Slice(pixel, 3);
            int gray = Gray(color);
            foreach (ref byte value in color)
            {
                value = Blend(gray, value, (float)factor);
            }
        }
    }

    /// <summary>Blends with the smoothed image; pixels at the edge stay.</summary>
    /// <param name="pixels">The image.</param>
    /// <param name="scratch">As long as the image.</param>
    /// <param name="size">Their size.</param>
    /// <param name="factor">0 smooths, 1 leaves, 2 sharpens.</param>
    public static void Sharpness(Span<byte> pixels, Span<byte> scratch, ImageSize size, double factor)
    {
        pixels.CopyTo(scratch);
        int row = size.Width * size.Channels;
        for (int y = 1; y < size.Height - 1; y++)
        {
            for (int place = y * row + size.Channels; place < (y + 1) * row - size.Channels; place++)
            {
                int sum = 4 * scratch[place];
                for (int above = place - row; above <= place + row; above += row)
                {
                    sum += scratch[above - size.Channels] + scratch[above] + scratch[above + size.Channels];
                }

                pixels[place] = Blend((int)(sum / 13f + 0.5f), scratch[place], (float)factor);
            }
        }
    }

    /// <summary>Keeps the highest bits.</summary>
    public static void Posterize(Span<byte> pixels, int bits)
    {
        byte mask = (byte)~((1 << (8 - bits)) - 1);
        foreach (ref byte value in pixels)
        {
            value &= mask;
        }
    }

    /// <summary>Inverts values from a threshold.</summary>
    public static void Solarize(Span<byte> pixels, int threshold)
    {
        foreach (ref byte value in pixels)
        {
            value = value >= threshold ? (byte)(255 - value) : value;
        }
    }

    /// <summary>Stretches each channel to 0 to 255.</summary>
    public static void AutoContrast(Span<byte> pixels, ImageSize size)
    {
        Span<byte> table = stackalloc byte[Levels];
        Span<int> counts = stackalloc int[Levels];
        for (int channel = 0; channel < size.Channels; channel++)
        {
            Count(pixels, size.Channels, channel, counts);
            int low = counts.IndexOfAnyExcept(0), high = counts.LastIndexOfAnyExcept(0);
            if (low >= high)
            {
                continue;
            }

            double scale = 255d / (high - low), offset = -low * scale;
            for (int value = 0; value < Levels; value++)
            {
                table[value] = (byte)Math.Clamp((int)(value * scale + offset), 0, 255);
            }

            Apply(table, pixels, size.Channels, channel);
        }
    }

    /// <summary>Flattens the histogram of each channel.</summary>
    public static void Equalize(Span<byte> pixels, ImageSize size)
    {
        Span<byte> table = stackalloc byte[Levels];
        Span<int> counts = stackalloc int[Levels];
        for (int channel = 0; channel < size.Channels; channel++)
        {
            Count(pixels, size.Channels, channel, counts);
            int last = counts.LastIndexOfAnyExcept(0);
            int step = (size.Height * size.Width - counts[last]) / 255;
            if (step == 0)
            {
                continue;
            }

            int sum = step / 2;
            for (int value = 0; value < Levels; value++)
            {
                table[value] = (byte)Math.Min(sum / step, 255);
                sum += counts[value];
            }

            Apply(table, pixels, size.Channels, channel);
        }
    }

    // ITU-R 601-2, in 16 bits.
    private static int Gray(ReadOnlySpan<byte> color) =>
        color.Length == 3 ? (color[0] * 19595 + color[1] * 38470 + color[2] * 7471 + 0x8000) >> 16 : Mean(color);

    private static int Mean(ReadOnlySpan<byte> values)
    {
        int sum = 0;
        foreach (byte value in values)
        {
            sum += value;
        }

        return sum / values.Length;
    }

    private static void FillBlend(Span<byte> table, int degenerate, double factor)
    {
        for (int value = 0; value < Levels; value++)
        {
            table[value] = Blend(degenerate, value, (float)factor);
        }
    }

    private static byte Blend(int degenerate, int value, float factor) => (byte)Math.Clamp(degenerate + factor * (value - degenerate), 0, 255);

    private static void Count(ReadOnlySpan<byte> pixels, int channels, int channel, Span<int> counts)
    {
        counts.Clear();
        for (int place = channel; place < pixels.Length; place += channels)
        {
            counts[pixels[place]]++;
        }
    }

    private static void Apply(ReadOnlySpan<byte> table, Span<byte> pixels, int step = 1, int first = 0)
    {
        for (int place = first; place < pixels.Length; place += step)
        {
            pixels[place] = table[pixels[place]];
        }
    }
}
