using RankNas.Tool.Output;

namespace RankNas.Tool.Tests;

public class NumberColumnTests
{
    [Fact]
    public void Of_WholeNumbers_HasNoDecimals() => NumberColumn.Of([1.0, 2500]).Should().Equal("1", "2,500");

    [Fact]
    public void Of_SharedRanks_HasOneDecimal() => NumberColumn.Of([1.5, 30]).Should().Equal("1.5", "30.0");

    [Fact]
    public void Of_Scores_HasAsManyDecimalsAsTheLargestNeeds() =>
        NumberColumn.Of([411.8834, -0.5, 27.25]).Should().Equal("411.883", "-0.500", "27.250");

    [Fact]
    public void Of_VeryLargeOrSmallOnes_HasExponentsOfOneLength()
    {
        NumberColumn.Of([9.8645e35, 2.5e6]).Should().Equal("9.8645e+35", "2.5000e+06");
        NumberColumn.Of([0.00012, -0.0003]).Should().Equal("1.2000e-04", "-3.0000e-04");
    }

    [Fact]
    public void Of_WhatIsNotFiniteOrFailed_SaysSo() => NumberColumn.Of([double.NegativeInfinity, double.PositiveInfinity, null, 1.25])
        .Should().Equal("−∞", "∞", "failed", "1.25000");
}
