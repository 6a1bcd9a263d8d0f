namespace RankNas.Kernels.Vectors;

/// <summary>A vector of bits, of the width for which a kernel is compiled.</summary>
/// <typeparam name="TSelf">The vector itself.</typeparam>
internal interface IBitVector<TSelf>
    where TSelf : struct, IBitVector<TSelf>
{
    /// <summary>Gets the number of words of 64 bits.</summary>
    static abstract int Words { get; }

    static abstract TSelf Load(ref ulong from, int offset);

    static abstract TSelf operator ^(TSelf left, TSelf right);

    /// <summary>Adds words.</summary>
    static abstract TSelf operator +(TSelf left, TSelf right);

    /// <summary>Shifts words.</summary>
    static abstract TSelf operator <<(TSelf value, int bits);

    /// <summary>Gets where the most of three bits are set: what is carried when they are added.</summary>
    static abstract TSelf Carry(TSelf a, TSelf b, TSelf c);

    /// <summary>Gets where one or three of three bits are set: what is left when they are added.</summary>
    static abstract TSelf Sum(TSelf a, TSelf b, TSelf c);

    /// <summary>Gets how many bits of each word are set.</summary>
    TSelf PopCount();

    /// <summary>Gets the sum of the words.</summary>
    long SumOfWords();
}
