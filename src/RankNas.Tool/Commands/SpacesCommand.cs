namespace RankNas.Tool.Commands;

/// <summary><c>ranknas spaces</c>: lists the built-in spaces.</summary>
internal static class SpacesCommand
{
    private const int LargestInDigits = 1_000_000_000;

    public static Command Create(TextWriter output)
    {
        Option<bool> json = JsonOutput.CreateOption();
        var command = new ToolCommand("spaces", "Lists the search spaces: size, settings, notation, an example.", "[--json]", "ranknas spaces", "ranknas spaces --json");
        command.AddGroup(ToolCommand.OutputGroup, json);
        command.SetAction(parsed =>
        {
            JsonOutput.WriteOr<IReadOnlyList<SpaceReport>>(output, parsed.GetValue(json), [.. SpaceCatalog.Entries.Select(ReportOf)], Write);
            return ExitCode.Done;
        });
        return command;
    }

    private static SpaceReport ReportOf(SpaceEntry entry)
    {
        ISearchSpace space = SpaceCatalog.Create(entry.Name);
        return new SpaceReport(
            entry.Name,
            entry.Summary,
            space.Count.ToString(CultureInfo.InvariantCulture),
            [.. entry.Settings.Select(setting => new SpaceSettingReport(setting.Name, setting.Values, setting.Default))],
            entry.Notation,
            space.Sample(new Random(0)).Text);
    }

    private static void Write(TextWriter output, IReadOnlyList<SpaceReport> spaces, int? width)
    {
        foreach (SpaceReport space in spaces)
        {
            output.WriteLine($"{space.Name}: {space.Summary}.");
            output.WriteLine($"  {SizeOf(space.Architectures)} architectures; written as {space.Notation}:");
            output.WriteLine($"  {space.Example}");
            foreach (SpaceSettingReport setting in space.Settings)
            {
                output.WriteLine($"  {setting.Name}=  {setting.Values}; {setting.Default} if left out");
            }

            output.WriteLine();
        }

        output.WriteLine("Settings are written in brackets: --space 'mobilenet(width=0.5,resolution=96)'. A space of your own: --space-assembly MySpace.dll.");
    }

    private static string SizeOf(string architectures) => System.Numerics.BigInteger.Parse(architectures, CultureInfo.InvariantCulture) is var count && count < LargestInDigits
        ? count.ToString("N0", CultureInfo.InvariantCulture)
        : count.ToString("0.0e+0", CultureInfo.InvariantCulture);
}
