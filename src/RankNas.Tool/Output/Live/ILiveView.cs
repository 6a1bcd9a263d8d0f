using Spectre.Console.Rendering;

namespace RankNas.Tool.Output.Live;

/// <summary>What a live region shows; asked several times a second by one thread.</summary>
internal interface ILiveView
{
    /// <summary>Gets the lines, none of which is wider than the width.</summary>
    IEnumerable<IRenderable> Lines(int width);
}
