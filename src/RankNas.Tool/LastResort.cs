namespace RankNas.Tool;

/// <summary>What ends the process in one line when an exception gets past everything else, on whatever thread.</summary>
internal static class LastResort
{
    public static void Install(StandardStream errors) => AppDomain.CurrentDomain.UnhandledException += (_, unhandled) =>
    {
        if (unhandled.ExceptionObject is Exception exception)
        {
            Failure.Of(exception).Write(errors);
        }

        errors.RestoreCursor();
        HardExit.With(ExitCode.Failed);
    };
}
