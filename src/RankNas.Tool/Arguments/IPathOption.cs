namespace RankNas.Tool.Arguments;

/// <summary>Marks options whose value is a path; shells complete it, and in a configuration file it is seen from there.</summary>
internal interface IPathOption;
