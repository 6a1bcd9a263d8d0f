using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace RankNas;

/// <summary>Binds a search's options to configuration. What configuration has there beside settings is refused when the host starts.</summary>
public static class RankNasOptionsBuilderExtensions
{
    /// <summary>Binds the options to a section of the host's configuration.</summary>
    /// <param name="builder">The options.</param>
    /// <param name="section">The section's path, such as <c>RankNas</c>.</param>
    /// <returns>The options.</returns>
    public static OptionsBuilder<RankNasOptions> BindConfiguration(this OptionsBuilder<RankNasOptions> builder, string section)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(section);
        builder.Services.AddSingleton(provider =>
        {
            IConfiguration configuration = provider.GetRequiredService<IConfiguration>();
            return new BoundSection(builder.Name, section, section.Length == 0 ? configuration : configuration.GetSection(section));
        });
        return OptionsBuilderConfigurationExtensions.BindConfiguration(builder, section);
    }

    /// <summary>Binds the options to a section at hand.</summary>
    /// <param name="builder">The options.</param>
    /// <param name="section">The section.</param>
    /// <returns>The options.</returns>
    public static OptionsBuilder<RankNasOptions> Bind(this OptionsBuilder<RankNasOptions> builder, IConfiguration section)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(section);
        builder.Services.AddSingleton(new BoundSection(builder.Name, (section as IConfigurationSection)?.Path ?? "", section));
        return OptionsBuilderConfigurationExtensions.Bind(builder, section);
    }
}
