using RankNas.Plotting;

namespace RankNas.Fitting.Running;

/// <summary>What the report says beyond the search.</summary>
internal static class FitReport
{
    public static ReportOptions OptionsOf(FitResult result) => new()
    {
        Title = $"A model of {result.Pictures.Source}",
    };
}
