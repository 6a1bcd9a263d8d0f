using CsCheck;
using RankNas.Files;

namespace RankNas.Abstractions.Tests.Files;

public sealed class ShownTextTests
{
    [Theory]
    [InlineData("plain, ä, 漢 and 😀", "plain, ä, 漢 and 😀")]
    [InlineData("\u001b[31mred\u0007", @"\u{1b}[31mred\u{7}")]
    [InlineData("a\u202Eb\u200Bc\u2028d", @"a\u{202e}b\u{200b}c\u{2028}d")]
    [InlineData("line\r\nline\0", @"line\u{d}\u{a}line\u{0}")]
    [InlineData("\u009b31m", @"\u{9b}31m")]
    [InlineData(null, "")]
    public void Of_Text_EscapesWhatATerminalActsOn(string? text, string expected) => ShownText.Of(text).Should().Be(expected);

    [Fact]
    public void Of_LoneSurrogates_AreEscaped() => ShownText.Of("a\uD800b\uDC00").Should().Be(@"a\u{d800}b\u{dc00}");

    [Fact]
    public void Of_LongText_IsCutAndMarked()
    {
        ShownText.Of(new string('x', 61)).Should().Be(new string('x', 60) + "…");
        ShownText.Of(new string('x', 60)).Should().Be(new string('x', 60));
        ShownText.Of("\u001b\u001b", 8).Should().Be(@"\u{1b}…", "an escape is whole or left out");
    }

    [Fact]
    public void Of_AnyText_IsShortAndHasNoControlCharacters() => Gen.String[Gen.Char, 0, 300].Sample(text =>
    {
        string shown = ShownText.Of(text);
        return shown.Length <= ShownText.NameLength + 1 && !shown.Any(char.IsControl) && shown == System.Text.Encoding.UTF8.GetString(System.Text.Encoding.UTF8.GetBytes(shown));
    });
}
