using System.Collections;
using System.Collections.Frozen;
using System.Reflection;

namespace RankNas.Torch.Hooks;

/// <summary>Refuses networks that would end the process: TorchSharp 0.107 lets no error of <c>matmul</c> out.</summary>
/// <remarks>
/// Where libtorch is asked to multiply tensors of two dtypes, most functions throw, and <c>matmul</c> ends the process. It comes to that where a
/// network is scored in another format than float32 and multiplies by a tensor that did not change along with its parameters. Where
/// <see cref="CheckedMatmul"/> is in place, errors come out as of any function, and nothing is refused.
/// </remarks>
internal static class MatmulGuard
{
    private const string Matmul = "matmul";

    private static readonly FrozenSet<string> Factories =
        ["arange", "as_tensor", "empty", "eye", "from_array", "full", "linspace", "logspace", "normal", "ones", "rand", "randn", "tensor", "zeros"];

    /// <summary>Checks the modules that call <c>matmul</c>.</summary>
    /// <param name="network">The network, of whatever modules.</param>
    /// <param name="format">The format that it is about to run in.</param>
    /// <exception cref="InvalidOperationException">One of them may multiply by a tensor of another format.</exception>
    public static void ThrowIfUnsafe(nn.Module network, ScalarType format)
    {
        if (!CheckedMatmul.IsInPlace)
        {
            ThrowIfFormatsMayDiffer(network, format);
        }
    }

    /// <summary>As <see cref="ThrowIfUnsafe"/>, wherever it is.</summary>
    public static void ThrowIfFormatsMayDiffer(nn.Module network, ScalarType format)
    {
        foreach (nn.Module module in network.modules().Prepend(network).Where(module => !ModuleCode.IsOfLibrary(module)))
        {
            ModuleCode code = ModuleCode.Of(module.GetType());
            if (!code.Functions.Contains(Matmul))
            {
                continue;
            }

            string name = module.GetType().Name;
            if (format != ScalarType.Float32 && code.Functions.FirstOrDefault(Factories.Contains) is { } factory)
            {
                throw new InvalidOperationException(
                    $"{name}.forward() calls {factory}(…) and matmul(…), which ends the process where their dtypes differ: "
                    + "register the tensor as a buffer, or use mm or bmm");
            }

            if (FieldsOf(module).FirstOrDefault(field => field.Tensor.is_floating_point() && field.Tensor.dtype != format) is { Name: not null } other)
            {
                throw new InvalidOperationException(
                    $"{name}.{other.Name} is in {other.Tensor.dtype}, the images are in {format}, and matmul(…) ends the process where they differ: "
                    + "register it by RegisterComponents() or register_buffer(…)");
            }
        }
    }

    /// <summary>Gets the tensors that a module of the user's own keeps in fields, in collections too.</summary>
    public static IEnumerable<(string Name, Tensor Tensor)> FieldsOf(nn.Module module)
    {
        const BindingFlags Own = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
        foreach (FieldInfo field in ModuleCode.OwnTypes(module.GetType()).SelectMany(type => type.GetFields(Own)).Where(field => !field.FieldType.IsValueType))
        {
            foreach (Tensor tensor in TensorsIn(field.GetValue(module)).Where(tensor => tensor is { IsInvalid: false }))
            {
                yield return (field.Name, tensor);
            }
        }
    }

    private static IEnumerable<Tensor> TensorsIn(object? value) => value switch
    {
        Tensor tensor => [tensor],
        IReadOnlyCollection<Tensor> tensors => tensors,
        IDictionary { Values: IReadOnlyCollection<Tensor> tensors } => tensors,
        _ => [],
    };
}
