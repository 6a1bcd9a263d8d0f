using System.Text;
using CsCheck;
using RankNas.Files;

namespace RankNas.Abstractions.Tests.Files;

public sealed class CsvRowsTests
{
    [Theory]
    [InlineData("a,b\n1,2\n3,4\n", "1|2;3|4")]
    [InlineData("a,b\r\n1,2\r\n\r\n3,4", "1|2;3|4")]
    [InlineData(" a , b \r1,2\r3,4", "1|2;3|4")]
    [InlineData("a,b\n\"x, \"\"y\"\"\nz\",\n", "x, \"y\"\nz|")]
    [InlineData("a\n\"\"\n", "")]
    public void Read_WhatOtherProgramsWrite_GivesTheFields(string text, string expected) => Rows(text).Should().Be(expected);

    [Theory]
    [InlineData("", "line 1: the file is empty")]
    [InlineData("\n\n", "line 1: the file is empty")]
    [InlineData("a,b,a\n", "line 1: the header has 'a' twice")]
    [InlineData("a,b\n1,2\n3\n", "line 3: it has 1 fields where the header has 2")]
    [InlineData("a,b\n1,2,3\n", "line 2: it has 3 fields where the header has 2")]
    [InlineData("a,b\n1,\"2\n3,4\n", "line 2: column 2: its quote is not closed")]
    [InlineData("a,b\n1,\"2\"3\n", "line 2: column 2: something follows its closing quote")]
    [InlineData("a,b\n1,2\"3\n", "line 2: column 2: there is a quote within a field*")]
    [InlineData("a,b\n\"1\n\",2\n3\n", "line 4: it has 1 fields where the header has 2")]
    public void Read_Ambiguous_IsRefusedWithItsPlace(string text, string message) =>
        FluentActions.Invoking(() => Rows(text)).Should().Throw<FormatException>().WithMessage(message);

    [Fact]
    public void Read_EndlessFieldsAndRows_AreRefusedAtTheLimits()
    {
        FluentActions.Invoking(() => Rows("a\n\"" + new string('x', 100_000))).Should().Throw<FormatException>().WithMessage("line 2: column 1: it is longer than 65,536 characters");
        FluentActions.Invoking(() => Rows("a\n" + new string(',', 100_000))).Should().Throw<FormatException>().WithMessage("line 2: it has more than 1,000 fields");
    }

    [Fact]
    public void Read_AnyText_IsRowsOrOneKindOfRefusal() => Gen.Char["a,\"\n\r1\u001b"].Array[0, 60].Sample(characters =>
    {
        try
        {
            Rows(new string(characters));
        }
        catch (FormatException exception)
        {
            exception.Message.Should().StartWith("line ").And.NotContain("\u001b");
        }
    });

    private static string Rows(string text)
    {
        using var input = TextInput.Of(new MemoryStream(Encoding.UTF8.GetBytes(text)));
        var rows = new CsvRows(input);
        var read = new List<string>();
        while (rows.Read())
        {
            read.Add(string.Join('|', Enumerable.Range(0, rows.Header.Count).Select(column => rows[column])));
        }

        return string.Join(';', read);
    }
}
