namespace RankNas.Pareto;

/// <summary>Points of several objectives, each of which is minimised: what no other point dominates, and the volume that they dominate.</summary>
/// <remarks>A point dominates another if it is nowhere greater, and somewhere smaller. Equal points do not dominate each other.</remarks>
public static class ParetoSet
{
    /// <summary>Gets the places of the points that no other dominates, in ascending order.</summary>
    /// <param name="points">The points, of one length each; infinite values are allowed.</param>
    /// <exception cref="ArgumentException">The points have different numbers of values, or none, or one is NaN.</exception>
    public static ImmutableArray<int> NonDominated(IReadOnlyList<ImmutableArray<double>> points)
    {
        Check(points);
        var front = new List<int>();
        foreach (int place in InOrder(points))
        {
            if (!IsDominated(points, front, place))
            {
                front.Add(place);
            }
        }

        return [.. front.Order()];
    }

    /// <summary>Computes the volume that points dominate, up to a reference point.</summary>
    /// <remarks>
    /// Exact for any number of objectives: by a sweep for two, and by exclusive volumes for more (While, Bradstreet and Barone, <em>A Fast Way of Calculating
    /// Exact Hypervolumes</em>, IEEE TEVC 2012). Points that are not below the reference in every objective add nothing.
    /// </remarks>
    /// <param name="points">The points, of one length each; no value is minus infinity.</param>
    /// <param name="reference">The reference: a value for each objective, all finite.</param>
    /// <returns>The volume, at least 0.</returns>
    /// <exception cref="ArgumentException">The points have another number of values than the reference, or a value is none that is allowed.</exception>
    public static double Hypervolume(IReadOnlyList<ImmutableArray<double>> points, params ReadOnlySpan<double> reference)
    {
        Check(points);
        double[] worst = reference.ToArray();
        if (worst.Length == 0 || !Array.TrueForAll(worst, double.IsFinite))
        {
            throw new ArgumentException("The reference has a finite value for each objective.", nameof(reference));
        }

        if (points.Count > 0 && points[0].Length != worst.Length)
        {
            throw new ArgumentException($"The reference has {worst.Length} values where the points have {points[0].Length}.", nameof(reference));
        }

        if (points.Any(point => point.Contains(double.NegativeInfinity)))
        {
            throw new ArgumentException("A value is minus infinity: the volume would be infinite.", nameof(points));
        }

        // As extents below the reference, all greater than 0, so that volumes are products.
        List<double[]> extents = [.. points.Select(point => worst.Select((limit, axis) => limit - point[axis]).ToArray()).Where(extent => Array.TrueForAll(extent, side => side > 0))];
        return VolumeOf(extents);
    }

    /// <summary>Sorts points into fronts: the first is what no point dominates, the next what only points of the first dominate, and so on.</summary>
    /// <remarks>The fronts of Deb et al., 2002, by the sequential search of Zhang et al., <em>An Efficient Approach to Nondominated Sorting</em>, IEEE TEVC 2015.</remarks>
    internal static IReadOnlyList<IReadOnlyList<int>> Sort(IReadOnlyList<ImmutableArray<double>> points)
    {
        Check(points);
        var fronts = new List<List<int>>();
        foreach (int place in InOrder(points))
        {
            List<int>? front = fronts.Find(front => !IsDominated(points, front, place));
            if (front is null)
            {
                fronts.Add(front = []);
            }

            front.Add(place);
        }

        return fronts;
    }

    /// <summary>Computes the crowding distance of each point of a front: the sum over the objectives of the distance between its neighbours, as a share of the front's extent.</summary>
    /// <remarks>Deb et al., <em>A Fast and Elitist Multiobjective Genetic Algorithm: NSGA-II</em>, IEEE TEVC 2002, Section III-B. The ends have infinite distances.</remarks>
    internal static double[] CrowdingDistances(IReadOnlyList<ImmutableArray<double>> front)
    {
        double[] distances = new double[front.Count];
        for (int axis = 0; front.Count > 0 && axis < front[0].Length; axis++)
        {
            int[] order = [.. Enumerable.Range(0, front.Count).OrderBy(place => front[place][axis])];
            double extent = front[order[^1]][axis] - front[order[0]][axis];
            distances[order[0]] = distances[order[^1]] = double.PositiveInfinity;
            for (int place = 1; extent > 0 && place < order.Length - 1; place++)
            {
                distances[order[place]] += (front[order[place + 1]][axis] - front[order[place - 1]][axis]) / extent;
            }
        }

        return distances;
    }

    /// <summary>Gets the place of the knee of a front: the smallest sum of objectives, each scaled to 0 for its least and 1 for its greatest value.</summary>
    internal static int KneeOf(IReadOnlyList<ImmutableArray<double>> front)
    {
        double[] sums = new double[front.Count];
        for (int axis = 0; axis < front[0].Length; axis++)
        {
            (double least, double most) = (front.Min(point => point[axis]), front.Max(point => point[axis]));
            for (int place = 0; most > least && place < sums.Length; place++)
            {
                sums[place] += (front[place][axis] - least) / (most - least);
            }
        }

        return Array.IndexOf(sums, sums.Min());
    }

    private static void Check(IReadOnlyList<ImmutableArray<double>> points)
    {
        ArgumentNullException.ThrowIfNull(points);
        if (points.Any(point => point.IsDefaultOrEmpty || point.Length != points[0].Length || point.Contains(double.NaN)))
        {
            throw new ArgumentException("Every point has the same objectives, at least one, and none of its values is NaN.", nameof(points));
        }
    }

    // Lexicographic: no point is dominated by one that comes after it.
    private static IEnumerable<int> InOrder(IReadOnlyList<ImmutableArray<double>> points) =>
        Enumerable.Range(0, points.Count).OrderBy(place => points[place], Comparer<ImmutableArray<double>>.Create((left, right) => left.AsSpan().SequenceCompareTo(right.AsSpan())));

    // The last ones first: they are the nearest, and dominate the most often.
    private static bool IsDominated(IReadOnlyList<ImmutableArray<double>> points, List<int> by, int place)
    {
        for (int other = by.Count - 1; other >= 0; other--)
        {
            if (Dominates(points[by[other]].AsSpan(), points[place].AsSpan()))
            {
                return true;
            }
        }

        return false;
    }

    private static bool Dominates(ReadOnlySpan<double> point, ReadOnlySpan<double> other)
    {
        bool isSmaller = false;
        for (int axis = 0; axis < point.Length; axis++)
        {
            if (point[axis] > other[axis])
            {
                return false;
            }

            isSmaller |= point[axis] < other[axis];
        }

        return isSmaller;
    }

    private static double VolumeOf(List<double[]> extents)
    {
        if (extents.Count == 0)
        {
            return 0;
        }

        if (extents[0].Length == 1)
        {
            return extents.Max(extent => extent[0]);
        }

        List<double[]> sorted = [.. extents.OrderByDescending(extent => extent[0])];
        return extents[0].Length == 2 ? AreaOf(sorted) : sorted.Select((_, place) => ExclusiveVolumeOf(sorted, place)).Sum();
    }

    private static double AreaOf(List<double[]> sorted)
    {
        double area = 0, height = 0;
        foreach (double[] extent in sorted.Where(extent => extent[1] > 0))
        {
            area += extent[0] * Math.Max(0, extent[1] - height);
            height = Math.Max(height, extent[1]);
        }

        return area;
    }

    // What a point dominates, without what those after it dominate.
    private static double ExclusiveVolumeOf(List<double[]> sorted, int place)
    {
        double[] own = sorted[place];
        double volume = own.Aggregate(1.0, (product, side) => product * side);
        double[][] within = [.. sorted.Skip(place + 1).Select(other => other.Zip(own, Math.Min).ToArray())];
        return volume - VolumeOf([.. Largest(within)]);
    }

    private static IEnumerable<double[]> Largest(double[][] extents)
    {
        ImmutableArray<double>[] points = [.. extents.Select(extent => extent.Select(side => -side).ToImmutableArray())];
        return NonDominated(points).DistinctBy(place => points[place], new ByValue()).Select(place => extents[place]);
    }

    private sealed class ByValue : IEqualityComparer<ImmutableArray<double>>
    {
        public bool Equals(ImmutableArray<double> x, ImmutableArray<double> y) => x.AsSpan().SequenceEqual(y.AsSpan());

        public int GetHashCode(ImmutableArray<double> obj) => obj.Aggregate(0, HashCode.Combine);
    }
}
