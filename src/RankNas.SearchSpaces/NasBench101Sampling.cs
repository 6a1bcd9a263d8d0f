namespace RankNas.SearchSpaces;

/// <summary>How architectures of NAS-Bench-101 are drawn.</summary>
public enum NasBench101Sampling
{
    /// <summary>Each of the 423,624 architectures is as likely as any other.</summary>
    Uniform,

    /// <summary>As the benchmark's own programs do: each edge of seven vertices with probability one half, random operations, until a cell is valid.</summary>
    Matrices,
}
