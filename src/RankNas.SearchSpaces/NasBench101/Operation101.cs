namespace RankNas.SearchSpaces.NasBench101;

/// <summary>The operations of NAS-Bench-101's vertices, in the order in which its module hashes number them.</summary>
internal enum Operation101
{
    /// <summary><c>conv3x3-bn-relu</c>.</summary>
    Convolution3x3,

    /// <summary><c>conv1x1-bn-relu</c>.</summary>
    Convolution1x1,

    /// <summary><c>maxpool3x3</c>, of stride 1.</summary>
    MaxPooling3x3,
}
