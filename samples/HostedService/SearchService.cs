using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using RankNas;

namespace HostedService;

/// <summary>Runs the search while the host runs. Ctrl-C stops it with the best so far; the next start goes on where it was.</summary>
internal sealed class SearchService(NasExperiment experiment, IHostApplicationLifetime lifetime, ILogger<SearchService> logger)
    : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        SearchResult result = await experiment.RunAsync(stoppingToken);
        if (result.Ranked.Length > 0)
        {
            logger.LogInformation("Best so far, {Evaluations} of {Budget} scored:\n{Table}", result.Evaluations, result.Budget, result.ToText(top: 5));
        }

        lifetime.StopApplication();
    }
}
