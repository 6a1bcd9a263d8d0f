using System.Globalization;

namespace RankNas.Plotting.Tests.Support;

/// <summary>Runs code under other cultures.</summary>
internal static class Cultures
{
    public static T In<T>(string culture, Func<T> run)
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
            return run();
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
