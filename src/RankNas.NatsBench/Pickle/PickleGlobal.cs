namespace RankNas.NatsBench.Pickle;

/// <summary>The Python objects that a file may name. Each stands for a value that is built here; nothing is loaded or called.</summary>
internal enum PickleGlobal
{
    OrderedDict,
    Set,
    FrozenSet,
    Bytes,
    ByteArray,
    Encode,
    NumpyType,
    NumpyScalar,
}
