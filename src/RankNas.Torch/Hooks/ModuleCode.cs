using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Reflection;
using RankNas.Torch.Modules;

namespace RankNas.Torch.Hooks;

/// <summary>What the code of a module of the user's own does that hooks do not see.</summary>
/// <param name="CallsForward">Whether it calls other modules by <c>forward</c>, where hooks do not run.</param>
/// <param name="Functions">The names of TorchSharp's functions that <c>forward</c> calls, such as <c>relu</c> or <c>softmax</c>.</param>
/// <remarks>It is found in the compiled code, without running it: a branch that is never taken counts too.</remarks>
internal sealed record ModuleCode(bool CallsForward, FrozenSet<string> Functions)
{
    private const string Forward = nameof(nn.Module<,>.forward);

    private const BindingFlags All =
        BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    private static readonly Assembly Library = typeof(torch).Assembly;
    private static readonly ConcurrentDictionary<Type, ModuleCode> Known = new();
    private static readonly ConcurrentDictionary<MethodInfo, FrozenSet<string>> KnownFunctions = new();

    /// <summary>Tells whether a module is TorchSharp's own, or of a graph, which calls all its layers by <c>call</c>.</summary>
    public static bool IsOfLibrary(nn.Module module) => module.GetType().Assembly == Library || module is IGraphScope or HeldActivation;

    /// <summary>Reads the code of a type of module; each type is read once.</summary>
    public static ModuleCode Of(Type module) => Known.GetOrAdd(module, Read);

    /// <summary>Gets the names of TorchSharp's functions that the functions in a module's fields call, as a lambda does that the module was made of.</summary>
    public static IEnumerable<string> FunctionsInFieldsOf(nn.Module module)
    {
        foreach (FieldInfo field in OwnTypes(module.GetType()).SelectMany(type => type.GetFields(All & ~BindingFlags.Static)))
        {
            if (typeof(Delegate).IsAssignableFrom(field.FieldType) && field.GetValue(module) is Delegate function)
            {
                foreach (string name in function.GetInvocationList().SelectMany(one => KnownFunctions.GetOrAdd(one.Method, ReadFunction)))
                {
                    yield return name;
                }
            }
        }
    }

    private static ModuleCode Read(Type module)
    {
        MethodBase[] methods = [.. OwnTypes(module).SelectMany(MethodsOf)];
        return new ModuleCode(
            CallsOf(module, methods).Any(call => IsForward(call.Method) && !call.IsExact),
            FunctionsOf(CallsOf(module, [.. methods.Where(method => method.Name == Forward)])));
    }

    // What is compiled as the program runs is of no type, and has no code to read.
    private static FrozenSet<string> ReadFunction(MethodInfo function) =>
        function.DeclaringType is not { } type ? [] : type.Assembly == Library ? [function.Name] : FunctionsOf(CallsOf(type, [function]));

    private static FrozenSet<string> FunctionsOf(IEnumerable<(MethodBase Method, bool IsExact)> calls) => calls.Select(call => call.Method)
        .Where(method => !typeof(nn.Module).IsAssignableFrom(method.DeclaringType)).Select(method => method.Name).ToFrozenSet();

    private static bool IsForward(MethodBase method) => method.Name == Forward && typeof(nn.Module).IsAssignableFrom(method.DeclaringType);

    private static MethodInfo[] MethodsOf(Type type)
    {
        try
        {
            return type.GetMethods(All);
        }
        catch (Exception exception) when (exception is IOException or TypeLoadException or BadImageFormatException or NotSupportedException)
        {
            // A method names an assembly that is not there.
            return [];
        }
    }

    /// <summary>Gets the module's type and its base types, up to those of TorchSharp.</summary>
    public static IEnumerable<Type> OwnTypes(Type module)
    {
        for (Type? type = module; type is not null && type.Assembly != Library && type != typeof(object); type = type.BaseType)
        {
            yield return type;
        }
    }

    // All calls of TorchSharp that the methods lead to through code of the module's own assembly.
    private static List<(MethodBase Method, bool IsExact)> CallsOf(Type module, MethodBase[] methods)
    {
        var calls = new List<(MethodBase, bool)>();
        var reached = new HashSet<MethodBase>(methods);
        var open = new Queue<MethodBase>(methods);
        while (open.TryDequeue(out MethodBase? method))
        {
            foreach ((MethodBase called, bool isExact) in MethodCalls.Of(method))
            {
                if (called.DeclaringType?.Assembly == Library)
                {
                    calls.Add((called, isExact));
                    continue;
                }

                // Compilers may name the override, and not what it overrides.
                if (IsForward(called))
                {
                    calls.Add((called, isExact));
                }

                foreach (MethodBase next in Reachable(module, called).Where(reached.Add))
                {
                    open.Enqueue(next);
                }
            }
        }

        return calls;
    }

    private static IEnumerable<MethodBase> Reachable(Type module, MethodBase called)
    {
        if (called.DeclaringType is not { } type || type.Assembly != module.Assembly)
        {
            return [];
        }

        // Another module's constructor builds layers, and calls none; an iterator's own code lies in a type that is only constructed here.
        return called is ConstructorInfo
            ? typeof(nn.Module).IsAssignableFrom(type) ? [] : MethodsOf(type)
            : called is MethodInfo { IsVirtual: true } virtually && type.IsAssignableFrom(module)
                ? [called, .. module.GetMethods(All & ~BindingFlags.DeclaredOnly).Where(method => method.GetBaseDefinition() == virtually.GetBaseDefinition())]
                : [called];
    }
}
