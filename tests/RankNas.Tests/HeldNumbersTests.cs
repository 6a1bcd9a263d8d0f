using Mono.Cecil;
using Mono.Cecil.Cil;

namespace RankNas.Tests;

/// <summary>Nothing that is shipped lets TorchSharp make a number that nobody holds while libtorch reads it; see TensorArithmetic.</summary>
public sealed class HeldNumbersTests : IDisposable
{
    private const string Scalar = "TorchSharp.Scalar";
    private readonly DefaultAssemblyResolver _resolver = new();

    public HeldNumbersTests() => _resolver.AddSearchDirectory(AppContext.BaseDirectory);

    public void Dispose() => _resolver.Dispose();

    [Fact]
    public void ShippedCode_CallsNothingThatMakesANumberOfItsOwn()
    {
        HashSet<string> makers = MakersIn(MethodsOf("TorchSharp.dll"));
        makers.Should().Contain("TorchSharp.torch/Tensor TorchSharp.torch/Tensor::op_Addition(TorchSharp.torch/Tensor,TorchSharp.torch/Tensor)");

        string[] shipped = [.. Directory.GetFiles(AppContext.BaseDirectory, "RankNas*.dll").Where(file => !file.EndsWith(".Tests.dll", StringComparison.Ordinal))];
        shipped.Should().HaveCountGreaterThan(5);
        shipped.SelectMany(MethodsOf).SelectMany(method => method.Body.Instructions
                .Where(instruction => instruction.Operand is MethodReference called && (MakesNumber(called) ? !IsKept(instruction) : IsOneOf(makers, called)))
                .Select(instruction => $"{method.DeclaringType.FullName}.{method.Name} calls {((MethodReference)instruction.Operand).Name}"))
            .Should().BeEmpty();
    }

    // Whatever makes one, and whatever calls such.
    private static HashSet<string> MakersIn(MethodDefinition[] methods)
    {
        MethodDefinition[] candidates = [.. methods.Where(method => !method.DeclaringType.FullName.StartsWith(Scalar, StringComparison.Ordinal))];
        HashSet<string> makers = [];
        int before;
        do
        {
            before = makers.Count;
            makers.UnionWith(candidates
                .Where(method => method.Body.Instructions.Any(instruction =>
                    instruction.Operand is MethodReference called && (MakesNumber(called) || IsOneOf(makers, called))))
                .Select(method => method.FullName));
        }
        while (makers.Count > before);
        return makers;
    }

    private static bool MakesNumber(MethodReference method) =>
        method.ReturnType.FullName == Scalar && method.DeclaringType.FullName.StartsWith(Scalar, StringComparison.Ordinal);

    private static bool IsOneOf(HashSet<string> makers, MethodReference method) =>
        method.DeclaringType.FullName.StartsWith("TorchSharp", StringComparison.Ordinal) && makers.Contains(method.GetElementMethod().FullName);

    // Stored in a variable, to be disposed of at the end of a using, or in a field, or returned to who stores it.
    private static bool IsKept(Instruction making) => making.Next.OpCode.Code
        is Code.Stloc or Code.Stloc_S or Code.Stloc_0 or Code.Stloc_1 or Code.Stloc_2 or Code.Stloc_3 or Code.Stfld or Code.Stsfld or Code.Ret;

    private MethodDefinition[] MethodsOf(string file) =>
        [.. ModuleDefinition.ReadModule(Path.Combine(AppContext.BaseDirectory, file), new ReaderParameters { AssemblyResolver = _resolver })
            .GetTypes().SelectMany(type => type.Methods).Where(method => method.HasBody)];
}
