using Mono.Cecil;
using Mono.Cecil.Cil;

namespace RankNas.Tests;

/// <summary>Nothing that is shipped makes a tensor or a layer of the type and on the device that the program has set for its own: each says both.</summary>
public sealed class ExplicitTensorsTests : IDisposable
{
    private readonly DefaultAssemblyResolver _resolver = new();

    public ExplicitTensorsTests() => _resolver.AddSearchDirectory(AppContext.BaseDirectory);

    public void Dispose() => _resolver.Dispose();

    [Fact]
    public void ShippedCode_SaysTypeAndDeviceOfEveryTensor()
    {
        string[] shipped = [.. Directory.GetFiles(AppContext.BaseDirectory, "RankNas*.dll").Where(file => !file.EndsWith(".Tests.dll", StringComparison.Ordinal))];
        shipped.Should().HaveCountGreaterThan(5);
        string[] calls = [.. shipped.SelectMany(MethodsOf).SelectMany(CallsOf)];

        calls.Should().HaveCountGreaterThan(20, "there are tensors made");
        calls.Where(call => call.EndsWith('!')).Should().BeEmpty();
    }

    [Fact]
    public void TheseTests_WouldBeSeen()
    {
        string[] calls = [.. MethodsOf(typeof(ExplicitTensorsTests).Assembly.Location)
            .Where(method => method.DeclaringType.Name == nameof(Careless)).SelectMany(CallsOf)];

        calls.Should().HaveCount(5);
        calls.Where(call => call.EndsWith('!')).Select(call => call.Split(' ')[^1]).Should().Equal("zeros.dtype!", "zeros.device!", "tensor.device!", "Linear.dtype!");
    }

    // Each call with its parameters of the two kinds, those that are left open marked.
    private static IEnumerable<string> CallsOf(MethodDefinition method)
    {
        foreach (Instruction call in method.Body.Instructions)
        {
            if (call.Operand is not MethodReference { HasThis: false } called || !IsFactory(called) || called.Resolve() is not { } factory)
            {
                continue;
            }

            foreach (ParameterDefinition parameter in factory.Parameters.Where(parameter => Matters(factory, parameter)))
            {
                Instruction? last = ArgumentOf(call, factory, parameter.Index);
                bool isOpen = last is null || last.OpCode.Code == Code.Ldnull || last.Previous is { OpCode.Code: Code.Initobj };
                yield return $"{method.DeclaringType.FullName}.{method.Name} calls {factory.Name}.{parameter.Name}{(isOpen ? "!" : "")}";
            }
        }
    }

    // Those that make something like a tensor that there is take what is left open from it.
    private static bool IsFactory(MethodReference method) =>
        method.DeclaringType.FullName is "TorchSharp.torch" or "TorchSharp.torch/nn" && !method.Name.EndsWith("_like", StringComparison.Ordinal);

    // Of numbers whose type says what they are, the type need not be said.
    private static bool Matters(MethodDefinition factory, ParameterDefinition parameter) => parameter.Name switch
    {
        "device" => parameter.ParameterType.FullName == "TorchSharp.torch/Device",
        "dtype" => parameter.ParameterType.FullName == "System.Nullable`1<TorchSharp.torch/ScalarType>" && factory.Name is not ("tensor" or "as_tensor" or "from_array"),
        _ => false,
    };

    // What is on the stack for a parameter was put there by the last instruction that left it so: the ones after it make the later arguments.
    private static Instruction? ArgumentOf(Instruction call, MethodDefinition factory, int index)
    {
        Instruction? at = call.Previous;
        for (int later = factory.Parameters.Count - 1; later > index && at is not null; later--)
        {
            at = StartOf(at)?.Previous;
        }

        return at;
    }

    private static Instruction? StartOf(Instruction? last)
    {
        int missing = 1;
        for (Instruction? at = last; at is not null; at = at.Previous)
        {
            missing += Pops(at) - Pushes(at);
            if (missing == 0 && at.Previous?.OpCode.Code != Code.Initobj)
            {
                return at;
            }

            if (missing == 0)
            {
                // A variable that was cleared just before, for a null of a value type.
                return at.Previous.Previous;
            }
        }

        return null;
    }

    private static int Pushes(Instruction instruction) => instruction.Operand is MethodReference called
        ? called.ReturnType.FullName == "System.Void" && instruction.OpCode.Code != Code.Newobj ? 0 : 1
        : instruction.OpCode.StackBehaviourPush switch
        {
            StackBehaviour.Push0 => 0,
            StackBehaviour.Push1_push1 => 2,
            _ => 1,
        };

    private static int Pops(Instruction instruction) => instruction.Operand is MethodReference called
        ? instruction.OpCode.Code is Code.Ldftn ? 0 : called.Parameters.Count + (called.HasThis && instruction.OpCode.Code != Code.Newobj ? 1 : 0)
        : instruction.OpCode.StackBehaviourPop switch
        {
            StackBehaviour.Pop0 => 0,
            StackBehaviour.Pop1 or StackBehaviour.Popi or StackBehaviour.Popref => 1,
            StackBehaviour.Popi_popi_popi or StackBehaviour.Popref_popi_popi or StackBehaviour.Popref_popi_popi8 or StackBehaviour.Popref_popi_popr4
                or StackBehaviour.Popref_popi_popr8 or StackBehaviour.Popref_popi_popref => 3,
            _ => 2,
        };

    private MethodDefinition[] MethodsOf(string file) =>
        [.. ModuleDefinition.ReadModule(Path.Combine(AppContext.BaseDirectory, file), new ReaderParameters { AssemblyResolver = _resolver })
            .GetTypes().SelectMany(type => type.Methods).Where(method => method.HasBody)];

    // What the test above looks for; nobody calls it.
    private static class Careless
    {
        public static TorchSharp.torch.Tensor Zeros() => TorchSharp.torch.zeros([2, 3]);

        public static TorchSharp.torch.Tensor Numbers(float[] numbers) => TorchSharp.torch.tensor(numbers);

        public static object Layer() => TorchSharp.torch.nn.Linear(2, 3, device: TorchSharp.torch.CPU);
    }
}
