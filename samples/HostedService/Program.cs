using HostedService;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using RankNas;

// The whole search comes from appsettings.json, the environment (RankNas__Budget=200) or the command line (--RankNas:Budget=200).
HostApplicationBuilder builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings
{
    Args = args,
    ContentRootPath = AppContext.BaseDirectory,
});

builder.Services.AddRankNas()
    .BindConfiguration("RankNas")
    .Configure(options => options.Store ??= Path.GetFullPath(builder.Configuration["Store"] ?? "hosted-scores.db"));
builder.Services.AddHostedService<SearchService>();

try
{
    await builder.Build().RunAsync();
    return 0;
}
catch (OptionsValidationException exception)
{
    foreach (string failure in exception.Failures)
    {
        await Console.Error.WriteLineAsync(failure);
    }

    return 1;
}
