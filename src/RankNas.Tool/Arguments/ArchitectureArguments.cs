namespace RankNas.Tool.Arguments;

/// <summary>Architectures given on the command line.</summary>
internal static class ArchitectureArguments
{
    public static Architecture[] Parse(ISearchSpace space, string[]? texts)
    {
        if (texts is not { Length: > 0 })
        {
            string example = space.Sample(new Random(0)).Text;
            throw new UsageException($"--arch is missing: write one or more architectures, such as --arch '{example}'.");
        }

        return [.. texts.Select(text => Parse(space, text))];
    }

    private static Architecture Parse(ISearchSpace space, string text)
    {
        try
        {
            return space.Parse(text);
        }
        catch (ArchitectureFormatException exception)
        {
            throw new UsageException($"--arch: {exception.Message}");
        }
    }
}
