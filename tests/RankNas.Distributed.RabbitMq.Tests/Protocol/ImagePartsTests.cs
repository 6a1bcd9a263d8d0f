using RankNas.Distributed.Protocol;
using RankNas.Graphs;
using RankNas.Images;

namespace RankNas.Distributed.Tests.Protocol;

public class ImagePartsTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Read_WhatWasWritten_HasTheSameFingerprint(bool hasLabels)
    {
        var shape = new NetworkShape { Channels = 2, Height = 5, Width = 7, Classes = 3 };
        ProbeImages images = hasLabels ? ProbeImages.Synthetic(seed: 3, shape, count: 9) : ProbeImages.FromTensor(NormalDraw.Of(9, 2, 5, 7), classes: 3);
        byte[] bytes = ImageParts.Write(images, 8);

        bytes.Length.Should().Be(ImageParts.LengthOf(shape, 8, hasLabels));
        ImageParts.Read(bytes, shape, 8, hasLabels).Fingerprint(8).Should().Be(images.Fingerprint(8));
    }

    [Fact]
    public void Read_RowsAndSequences_HaveTheSameFingerprint()
    {
        foreach (ProbeImages inputs in (ProbeImages[])[ProbeImages.FromRows(NormalDraw.Of(9, 5), classes: 3), ProbeImages.FromSequences(NormalDraw.Of(9, 4, 5), classes: 3)])
        {
            ImageParts.Read(ImageParts.Write(inputs, 8), inputs.Shape, 8, hasLabels: false).Fingerprint(8).Should().Be(inputs.Fingerprint(8));
        }
    }

    [Fact]
    public void RangeOf_AllParts_AreTheWhole()
    {
        const int Length = 20_000_001;
        Range[] ranges = [.. Enumerable.Range(0, ImageParts.CountOf(Length)).Select(part => ImageParts.RangeOf(part, Length))];

        ranges.Sum(range => range.End.Value - range.Start.Value).Should().Be(Length);
        ranges.Zip(ranges.Skip(1)).Should().OnlyContain(pair => pair.First.End.Equals(pair.Second.Start));
    }

    [Fact]
    public void LengthOf_MoreThanTwoGibibytes_Overflows() => FluentActions.Invoking(
        () => ImageParts.LengthOf(new NetworkShape { Height = 1024, Width = 1024 }, 90, hasLabels: true)).Should().Throw<OverflowException>();
}
