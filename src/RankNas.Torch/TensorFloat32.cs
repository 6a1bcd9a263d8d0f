namespace RankNas.Torch;

/// <summary>Whether GPUs may compute float32 products in TF32, with 10 bits of mantissa instead of 23: a setting of libtorch for the whole process.</summary>
internal static class TensorFloat32
{
    private static readonly Lock Changing = new();
    private static int _users;
    private static bool _isAllowed;
    private static (bool Convolutions, bool Products) _before;

    /// <summary>Allows it or not, until disposal; the last one to end puts back what was set before the first.</summary>
    /// <exception cref="InvalidOperationException">It is set otherwise at the time.</exception>
    public static IDisposable Use(bool isAllowed)
    {
        TorchRuntime.EnsureLoaded();
        lock (Changing)
        {
            if (_users > 0 && _isAllowed != isAllowed)
            {
                throw new InvalidOperationException(
                    "One search of this process allows TF32 and another does not, but it is a setting of the whole process: run one after the other.");
            }

            if (_users++ == 0)
            {
                _before = (backends.cudnn.allow_tf32, backends.cuda.matmul.allow_tf32);
                Set(isAllowed, isAllowed);
                _isAllowed = isAllowed;
            }
        }

        return new End();
    }

    private static void Set(bool convolutions, bool products) => (backends.cudnn.allow_tf32, backends.cuda.matmul.allow_tf32) = (convolutions, products);

    private sealed class End : IDisposable
    {
        private bool _isDisposed;

        public void Dispose()
        {
            lock (Changing)
            {
                if (!_isDisposed && --_users == 0)
                {
                    Set(_before.Convolutions, _before.Products);
                }

                _isDisposed = true;
            }
        }
    }
}
