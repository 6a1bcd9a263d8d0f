using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace RankNas.Torch;

/// <summary>Has <c>matmul</c> throw what is wrong with its tensors: TorchSharp 0.107 lets none of its errors out, and the process ends.</summary>
/// <remarks>
/// It is the one operation on tensors whose native half catches nothing. On Linux, TorchSharp finds by its name a function that looks at the tensors first;
/// elsewhere, and where the program had called <c>matmul</c> before, all is as it was.
/// </remarks>
internal static unsafe class CheckedMatmul
{
    private static readonly Lazy<bool> Called = new(CallsBack);

    [ThreadStatic]
    private static bool _wasCalled;

    private static delegate* unmanaged<nint, nint, nint> _matmul;
    private static delegate* unmanaged<nint, nint, nint> _mm;
    private static delegate* unmanaged<nint, nint, nint> _mv;
    private static delegate* unmanaged<nint, nint, nint> _dot;
    private static delegate* unmanaged<nint, nint, nint> _mul;
    private static delegate* unmanaged<nint, long> _dimensions;
    private static delegate* unmanaged<nint, long, long> _size;
    private static delegate* unmanaged<nint, sbyte> _format;
    private static delegate* unmanaged<nint, int> _device;
    private static delegate* unmanaged<nint, long, long, nint> _select;
    private static delegate* unmanaged<nint, long, nint> _unsqueeze;
    private static delegate* unmanaged<nint, nint> _alias;
    private static delegate* unmanaged<nint, void> _dispose;

    /// <summary>Gets whether errors of <c>matmul</c> are exceptions.</summary>
    public static bool IsInPlace
    {
        get
        {
            TorchRuntime.EnsureLoaded();
            return Called.Value;
        }
    }

    /// <summary>Puts the check in place, before TorchSharp looks for the function; where it cannot be, nothing happens.</summary>
    [SupportedOSPlatform("linux")]
    public static void PutInPlace()
    {
        // What can be unloaded would leave TorchSharp with a function that is no more.
        nint library = LibTorchSharpLoader.Library;
        if (typeof(CheckedMatmul).Assembly.IsCollectible || !FindAll(library))
        {
            return;
        }

        delegate* unmanaged<nint, nint, nint> own = &Multiply;
        ExportedSymbol.Redirect(library, "THSTensor_matmul", (nint)own);
    }

    private static bool FindAll(nint library)
    {
        bool foundAll = true;
        nint Find(string name)
        {
            foundAll &= NativeLibrary.TryGetExport(library, $"THSTensor_{name}", out nint function);
            return function;
        }

        _matmul = (delegate* unmanaged<nint, nint, nint>)Find("matmul");
        _mm = (delegate* unmanaged<nint, nint, nint>)Find("mm");
        _mv = (delegate* unmanaged<nint, nint, nint>)Find("mv");
        _dot = (delegate* unmanaged<nint, nint, nint>)Find("dot");
        _mul = (delegate* unmanaged<nint, nint, nint>)Find("mul");
        _dimensions = (delegate* unmanaged<nint, long>)Find("ndimension");
        _size = (delegate* unmanaged<nint, long, long>)Find("size");
        _format = (delegate* unmanaged<nint, sbyte>)Find("type");
        _device = (delegate* unmanaged<nint, int>)Find("device_type");
        _select = (delegate* unmanaged<nint, long, long, nint>)Find("select");
        _unsqueeze = (delegate* unmanaged<nint, long, nint>)Find("unsqueeze");
        _alias = (delegate* unmanaged<nint, nint>)Find("alias");
        _dispose = (delegate* unmanaged<nint, void>)Find("dispose");
        return foundAll;
    }

    // Of nothing by nothing, which is no work whoever does it.
    private static bool CallsBack()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor nothing = empty([0, 0], dtype: ScalarType.Float32, device: CPU);
        _wasCalled = false;
        _ = nothing.matmul(nothing);
        return _wasCalled;
    }

    // Where libtorch's matmul is another function and no more, that one is called: its errors come out.
    [UnmanagedCallersOnly]
    private static nint Multiply(nint left, nint right)
    {
        _wasCalled = true;
        return (_dimensions(left), _dimensions(right)) switch
        {
            (2, 2) => _mm(left, right),
            (2, 1) => _mv(left, right),
            (1, 1) => _dot(left, right),
            ( > 0 and var first, > 0 and var second) when Fit(left, first, right, second) => _matmul(left, right),
            _ => Refuse(left, right),
        };
    }

    private static bool Fit(nint left, long leftDimensions, nint right, long rightDimensions)
    {
        if (_format(left) != _format(right) || _device(left) != _device(right) || _size(left, -1) != _size(right, rightDimensions == 1 ? 0 : -2))
        {
            return false;
        }

        for (long dimension = 3; dimension <= Math.Min(leftDimensions, rightDimensions); dimension++)
        {
            (long first, long second) = (_size(left, -dimension), _size(right, -dimension));
            if (first != second && first != 1 && second != 1)
            {
                return false;
            }
        }

        return true;
    }

    // Leaves libtorch's own words as the error: of mm for two of the matrices, or of a product by element for the numbers of them.
    private static nint Refuse(nint left, nint right)
    {
        bool fits = Succeeds(_mm, MatrixOf(left, 0), MatrixOf(right, 1))
            && Succeeds(_mul, Select(Select(_alias(left), -1), -1), Select(Select(_alias(right), -1), -1));
        return fits ? _matmul(left, right) : 0;
    }

    private static bool Succeeds(delegate* unmanaged<nint, nint, nint> multiply, nint first, nint second)
    {
        nint product = first != 0 && second != 0 ? multiply(first, second) : 0;
        Free(first);
        Free(second);
        Free(product);
        return product != 0;
    }

    private static nint MatrixOf(nint tensor, long missing)
    {
        nint matrix = _dimensions(tensor) == 1 ? _unsqueeze(tensor, missing) : _alias(tensor);
        while (matrix != 0 && _dimensions(matrix) > 2)
        {
            matrix = Select(matrix, 0);
        }

        return matrix;
    }

    // The first along a dimension, in the place of the tensor; the tensor itself where it has no dimension.
    private static nint Select(nint tensor, long dimension)
    {
        if (tensor == 0 || _dimensions(tensor) == 0)
        {
            return tensor;
        }

        nint selected = _select(tensor, dimension, 0);
        Free(tensor);
        return selected;
    }

    private static void Free(nint tensor)
    {
        if (tensor != 0)
        {
            _dispose(tensor);
        }
    }
}
