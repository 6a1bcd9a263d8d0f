namespace RankNas.Tool.Arguments;

/// <summary>Marks options that take a number, and says which.</summary>
internal interface INumberOption
{
    /// <summary>Gets whether only whole numbers serve.</summary>
    bool IsWhole { get; }

    /// <summary>Gets the least number, in digits.</summary>
    string Least { get; }

    /// <summary>Gets the greatest number, in digits.</summary>
    string Most { get; }
}
