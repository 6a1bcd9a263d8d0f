using RankNas.NatsBench;

namespace RankNas.Plotting.Tests.Docs;

public static class SavePictures
{
    public static void Of(SearchResult result, IAccuracyBenchmark accuracies)
    {
        result.PlotProgress().SavePng("progress.png");
        result.PlotProgress("naswot").SaveSvg("naswot.svg");
        result.PlotScores("naswot").WithSize(600, 400).SavePng("distribution.png");
        result.PlotProxies("naswot", "logsynflow").WithTheme(PictureTheme.Dark).SavePng("proxies.png");
        result.PlotParameters().WithTitle("Small and good").SavePng("parameters.png");
        result.PlotAccuracy(architecture => accuracies.Find(architecture)?["cifar10"].Test, "CIFAR-10 test accuracy (%)").SavePng("accuracy.png");

        result.DrawCell(result.Best).SaveSvg("cell.svg");
        result.DrawNetwork(result.Best).WithTheme(PictureTheme.Dark).SaveSvg("network.svg");

        result.SaveReport("report.html", new ReportOptions
        {
            Title = "The search of last night",
            Accuracies = [new ReportAccuracy("CIFAR-10 test", architecture => accuracies.Find(architecture)?["cifar10"].Test)],
        });
    }
}
