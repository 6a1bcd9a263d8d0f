using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using RankNas.Extensions.DependencyInjection;

namespace RankNas;

/// <summary>Binds a search's options to configuration. Unknown settings are errors when the host starts.</summary>
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
        BoundSection Bound(IConfiguration configuration) =>
            new(builder.Name, section, section.Length == 0 ? configuration : configuration.GetSection(section));

        builder.Services.AddSingleton(provider => Bound(provider.GetRequiredService<IConfiguration>()));
        builder.Configure<IConfiguration>((_, configuration) => SettingForms.ThrowIfWrong(Bound(configuration)));
        return OptionsBuilderConfigurationExtensions.BindConfiguration(builder, section);
    }

    /// <summary>Binds the options to a section.</summary>
    /// <param name="builder">The options.</param>
    /// <param name="section">The section.</param>
    /// <returns>The options.</returns>
    public static OptionsBuilder<RankNasOptions> Bind(this OptionsBuilder<RankNasOptions> builder, IConfiguration section)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(section);
        var bound = new BoundSection(builder.Name, (section as IConfigurationSection)?.Path ?? "", section);
        builder.Services.AddSingleton(bound);
        builder.Configure(_ => SettingForms.ThrowIfWrong(bound));
        return OptionsBuilderConfigurationExtensions.Bind(builder, section);
    }
}
