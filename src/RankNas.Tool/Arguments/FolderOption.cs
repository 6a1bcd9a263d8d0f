namespace RankNas.Tool.Arguments;

/// <summary>An option that takes a folder to write into.</summary>
internal sealed class FolderOption : Option<string>, IPathOption
{
    public FolderOption(string name, string description, string byDefault)
        : base(name)
    {
        Description = description;
        HelpName = "DIR";
        DefaultValueFactory = _ => byDefault;
    }
}
