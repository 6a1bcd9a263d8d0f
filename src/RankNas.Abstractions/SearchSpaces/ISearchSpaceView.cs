namespace RankNas.SearchSpaces;

/// <summary>A view of another space. Its networks are those of that space, described or built.</summary>
internal interface ISearchSpaceView : ISearchSpace
{
    /// <summary>Asks the other space for what a view has no method for.</summary>
    /// <param name="method">What is asked for, as errors name it.</param>
    /// <param name="ask">Asks.</param>
    T Ask<T>(string method, Func<ISearchSpace, T> ask);
}
