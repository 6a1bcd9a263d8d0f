using HostedService;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using RankNas;

// Settings come from appsettings.json, the environment (RankNas__Budget=200) or the command line (--RankNas:Budget=200).
HostApplicationBuilder builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings
{
    Args = args,
    ContentRootPath = AppContext.BaseDirectory,
});
string scores = Path.GetFullPath(builder.Configuration["Store"] ?? "hosted-scores.db");

builder.Services
    .AddRankNas((_, nas) => nas
        .UseNatsTopology()
        .AddNoiseImmunity().AddNaswot().AddLogSynFlow()
        .UseSimulatedAnnealing()
        .StoreScoresIn(scores))
    .BindConfiguration("RankNas");
builder.Services.AddHostedService<SearchService>();

await builder.Build().RunAsync();
