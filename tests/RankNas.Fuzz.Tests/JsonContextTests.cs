using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace RankNas.Fuzz.Tests;

/// <summary>Whatever is written as JSON can be read: .NET finds only at the first reading that a type's constructor does not fit its properties.</summary>
public class JsonContextTests
{
    public static TheoryData<string> Contexts { get; } =
    [
        .. Directory.GetFiles(AppContext.BaseDirectory, "RankNas.*.dll").Order(StringComparer.Ordinal)
            .Where(file => !file.EndsWith(".Tests.dll", StringComparison.Ordinal))
            .SelectMany(file => Assembly.LoadFrom(file).GetTypes())
            .Where(type => type.IsSubclassOf(typeof(JsonSerializerContext)))
            .Select(type => type.AssemblyQualifiedName!),
    ];

    [Fact]
    public void Contexts_AreThere() => Contexts.Should().HaveCountGreaterThan(5);

    [Theory]
    [MemberData(nameof(Contexts))]
    public void EveryObject_IsReadOrRefusedAsJson(string context)
    {
        var serializer = (JsonSerializerContext)Activator.CreateInstance(Type.GetType(context)!)!;
        JsonTypeInfo[] known =
        [
            .. serializer.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance)
                .Where(property => property.PropertyType.IsSubclassOf(typeof(JsonTypeInfo)))
                .Select(property => (JsonTypeInfo)property.GetValue(serializer)!)
                .Where(type => type.Kind == JsonTypeInfoKind.Object),
        ];

        known.Should().NotBeEmpty();
        foreach (JsonTypeInfo type in known)
        {
            try
            {
                JsonSerializer.Deserialize("{}", type);
            }
            catch (Exception exception)
            {
                // What is missing, a constructor's refusal of it, or the kind of an operation.
                (exception is JsonException or ArgumentException || exception.Message.Contains("type discriminator", StringComparison.Ordinal))
                    .Should().BeTrue("{0} cannot be read: {1}", type.Type, exception);
            }
        }
    }
}
