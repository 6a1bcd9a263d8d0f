namespace RankNas.Tool.Arguments;

/// <summary>An option that takes a path, checked before any work is done.</summary>
internal sealed class PathOption : Option<string>, IExplainedOption, IPathOption
{
    public PathOption(string name, string description, string example, PathUse use, string helpName = "FILE")
        : base(name)
    {
        Description = description;
        HelpName = helpName;
        Example = example;
        Validators.Add(result =>
        {
            if (!result.Implicit && result.Tokens is [{ Value: { } path }] && PathProblem.Of(path, use) is { } problem)
            {
                result.AddError($"{name}: {problem}: write another, such as {name} {example}.");
            }
        });
    }

    public string Example { get; }

    /// <summary>Gets the path, which has to be given.</summary>
    public string Require(ParseResult parsed) =>
        parsed.GetValue(this) ?? throw new UsageException($"{Name} is missing: write {Name} {Example}.");
}
