using System.Collections;
using System.Collections.Concurrent;
using System.Reflection;
using RankNas.Torch.Hooks;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace RankNas.Scoring;

/// <summary>Finds layers that a module holds and has not registered: nothing initialises, counts or watches them, and nothing would train them.</summary>
internal static class RegisteredParts
{
    private static readonly Assembly Library = typeof(torch).Assembly;
    private static readonly ConcurrentDictionary<Type, FieldInfo[]> Known = new();

    /// <summary>Throws where a module of the user's own has a layer or parameter in a field, or in a list in a field, that is not registered anywhere in the network.</summary>
    /// <exception cref="InvalidOperationException">One has; the message names the field and the remedy.</exception>
    public static void ThrowIfSomeAreNot(nn.Module network)
    {
        nn.Module[] modules = [.. network.modules().Prepend(network).Distinct()];
        nn.Module[] own = [.. modules.Where(module => module.GetType().Assembly != Library)];
        if (own.Length == 0)
        {
            return;
        }

        var registered = new HashSet<object>([.. modules, .. network.parameters(), .. network.buffers()], ReferenceEqualityComparer.Instance);
        foreach (nn.Module module in own)
        {
            foreach (FieldInfo field in Known.GetOrAdd(module.GetType(), FieldsOf))
            {
                ThrowIfNotRegistered(module, field, registered);
            }
        }
    }

    private static void ThrowIfNotRegistered(nn.Module module, FieldInfo field, HashSet<object> registered)
    {
        object? value = field.GetValue(module);
        bool isList = value is not (nn.Module or Parameter);
        if (PartsIn(value).FirstOrDefault(part => !registered.Contains(part)) is { } part)
        {
            throw new InvalidOperationException(
                $"{module.GetType().Name} has not registered {NameOf(field)}{(isList ? $", a list with {part.GetType().Name} in it" : $" ({part.GetType().Name})")}: "
                + (isList ? "use nn.ModuleList, and " : "") + "call RegisterComponents() at the end of its constructor");
        }
    }

    // Lazy sequences are not run: they might build layers.
    private static IEnumerable<object> PartsIn(object? value) => value switch
    {
        nn.Module or Parameter => [value],
        IDictionary dictionary => dictionary.Values.OfType<nn.Module>(),
        IList list when !HoldsNumbers(list.GetType()) => list.OfType<nn.Module>(),
        _ => [],
    };

    private static bool HoldsNumbers(Type list) =>
        list.GetElementType()?.IsValueType == true || (list.IsGenericType && list.GetGenericArguments().All(element => element.IsValueType));

    private static FieldInfo[] FieldsOf(Type module) => [.. ModuleCode.OwnTypes(module)
        .SelectMany(type => type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
        .Where(field => !field.FieldType.IsValueType && field.FieldType != typeof(string))];

    // A property's own field is called <Name>k__BackingField, a primary constructor's parameter <name>P.
    private static string NameOf(FieldInfo field) => field.Name.StartsWith('<') ? field.Name[1..field.Name.IndexOf('>', StringComparison.Ordinal)] : field.Name;
}
