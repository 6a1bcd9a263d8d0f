using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Reflection;
using TorchSharp;
using static TorchSharp.torch;

namespace RankNas;

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

    /// <summary>Tells whether a module is TorchSharp's own.</summary>
    public static bool IsOfLibrary(nn.Module module) => module.GetType().Assembly == Library;

    /// <summary>Reads the code of a type of module; each type is read once.</summary>
    public static ModuleCode Of(Type module) => Known.GetOrAdd(module, Read);

    private static ModuleCode Read(Type module)
    {
        MethodBase[] methods = [.. OwnTypes(module).SelectMany(type => type.GetMethods(All))];
        return new ModuleCode(
            CallsOf(module, methods).Any(call => IsForward(call.Method) && !call.IsExact),
            CallsOf(module, [.. methods.Where(method => method.Name == Forward)]).Select(call => call.Method)
                .Where(method => !typeof(nn.Module).IsAssignableFrom(method.DeclaringType)).Select(method => method.Name).ToFrozenSet());
    }

    private static bool IsForward(MethodBase method) => method.Name == Forward && typeof(nn.Module).IsAssignableFrom(method.DeclaringType);

    private static IEnumerable<Type> OwnTypes(Type module)
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
            ? typeof(nn.Module).IsAssignableFrom(type) ? [] : type.GetMethods(All)
            : called is MethodInfo { IsVirtual: true } virtually && type.IsAssignableFrom(module)
                ? [called, .. module.GetMethods(All & ~BindingFlags.DeclaredOnly).Where(method => method.GetBaseDefinition() == virtually.GetBaseDefinition())]
                : [called];
    }
}
