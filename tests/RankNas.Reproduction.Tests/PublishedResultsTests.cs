namespace RankNas.Reproduction.Tests;

public class PublishedResultsTests
{
    [Theory]
    [InlineData(2, 12, "93.26±0.24")]
    [InlineData(3, 20, "93.53±0.22")]
    public void OfTable_HasItsRows(int table, int rows, string annealingOnCifar10)
    {
        IReadOnlyList<PublishedResult> published = PublishedResults.OfTable(table);

        published.Should().HaveCount(rows);
        published.Select(row => row.Method).Should().OnlyHaveUniqueItems();
        published.Single(row => row.Method == "sa-rank").Test["cifar10"].Should().Be(annealingOnCifar10);
    }

    [Fact]
    public void OfTable_WhatWasNotPublished_IsLeftOut()
    {
        PublishedResult freeRea = PublishedResults.OfTable(3).Single(row => row.Method == "freerea");
        freeRea.SearchSeconds.Should().Be(45);
        freeRea.Validation.Should().BeEmpty();
        freeRea.Test.Should().HaveCount(3);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void OfTable_AnotherTable_IsRefused(int table) =>
        FluentActions.Invoking(() => PublishedResults.OfTable(table)).Should().Throw<ArgumentOutOfRangeException>();
}
