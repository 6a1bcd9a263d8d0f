using HostedService;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
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

await builder.Build().RunAsync();
