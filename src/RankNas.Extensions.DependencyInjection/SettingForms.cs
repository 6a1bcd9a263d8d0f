using System.ComponentModel;
using Microsoft.Extensions.Configuration;

namespace RankNas.Extensions.DependencyInjection;

/// <summary>Refuses what configuration has in a form that its setting cannot have, before it is bound: the binder's own words name types of .NET.</summary>
internal static class SettingForms
{
    /// <summary>Throws where a setting of a section has another form than it should.</summary>
    /// <exception cref="OptionsValidationException">One has; each failure has the key, the value and what to write.</exception>
    public static void ThrowIfWrong(BoundSection section)
    {
        string[] failures = [.. typeof(RankNasOptions).GetProperties().Select(property => Wrong(section, property.Name, property.PropertyType)).OfType<string>()];
        if (failures.Length > 0)
        {
            throw new OptionsValidationException(section.Name, typeof(RankNasOptions), failures);
        }
    }

    private static string? Wrong(BoundSection section, string setting, Type type)
    {
        IConfigurationSection found = section.Configuration.GetSection(setting);
        string key = BoundSection.KeyOf(section, setting);
        bool hasParts = found.GetChildren().Any();
        if (type == typeof(IList<string>))
        {
            return hasParts || string.IsNullOrEmpty(found.Value) ? null : $"{key} is '{found.Value}': it is a list, such as [\"{found.Value}\"].";
        }

        return hasParts
            ? $"{key} has parts of its own: it is {FormOf(type)}."
            : found.Value is { Length: > 0 } value && !IsOf(type, value) ? $"{key} is '{value}': it is {FormOf(type)}." : null;
    }

    private static bool IsOf(Type type, string value)
    {
        try
        {
            // Five would be five days.
            return type == typeof(string)
                || (TypeDescriptor.GetConverter(type).ConvertFromInvariantString(value) is not null && (type != typeof(TimeSpan) || value.Contains(':', StringComparison.Ordinal)));
        }
#pragma warning disable CA1031 // Converters throw what they like, and the answer is the same.
        catch (Exception)
#pragma warning restore CA1031
        {
            return false;
        }
    }

    private static string FormOf(Type type) => (Nullable.GetUnderlyingType(type) ?? type) switch
    {
        { IsEnum: true } names => $"one of {string.Join(", ", Enum.GetNames(names))}",
        { } flag when flag == typeof(bool) => "true or false",
        { } time when time == typeof(TimeSpan) => "a time such as 00:10:00, which is ten minutes",
        { } text when text == typeof(string) => "one word or path",
        _ => "a whole number",
    };
}
