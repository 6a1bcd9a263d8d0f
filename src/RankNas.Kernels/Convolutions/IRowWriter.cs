using System.Runtime.Intrinsics;

namespace RankNas.Kernels.Convolutions;

/// <summary>Takes the rows of a <see cref="RowProduct"/>. Implemented by structs, so that each has a loop compiled for it.</summary>
internal interface IRowWriter
{
    /// <summary>Takes a row.</summary>
    /// <param name="row">Its index, from 0 to 15.</param>
    /// <param name="values">Its values.</param>
    void Write(nint row, Vector512<float> values);
}
