using RankNas.Files;
using RankNas.Tool;

SmallerRuntime.UseWhereAddressesAreShort();

StandardStream output = StandardStream.OpenOutput();
StandardStream errors = StandardStream.OpenErrors();
LastResort.Install(errors);
using var signals = new Signals(errors);

int exitCode = await CommandLine.RunAsync(args, output, errors, signals.Token).ConfigureAwait(false);
if (signals.Token.IsCancellationRequested)
{
    // What was given up may still be under way in libtorch, and must not be waited for, nor run into a process that takes itself apart.
    AtomicFile.RemoveUnfinished();
    HardExit.With(exitCode);
}

return exitCode;
