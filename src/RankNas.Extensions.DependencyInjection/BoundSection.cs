using Microsoft.Extensions.Configuration;

namespace RankNas.Extensions.DependencyInjection;

/// <summary>The section of configuration that the options of a name are bound to.</summary>
/// <param name="Name">The options' name.</param>
/// <param name="Path">The section's path, such as <c>RankNas</c>.</param>
/// <param name="Configuration">The section.</param>
internal sealed record BoundSection(string Name, string Path, IConfiguration Configuration)
{
    /// <summary>Gets the key of a setting, as people write it.</summary>
    public static string KeyOf(BoundSection? section, string setting) =>
        string.IsNullOrEmpty(section?.Path) ? setting : ConfigurationPath.Combine(section.Path, setting);
}
