using TorchSharp;
using static TorchSharp.torch;

namespace RankNas.Torch.Tests;

public class GradientPassesTests
{
    [Fact]
    public void Alone_OnTwoThreads_LetsInOneAtATime()
    {
        int inside = 0;
        int most = 0;
        OnThreads(2, _ =>
        {
            for (int turn = 0; turn < 200; turn++)
            {
                using IDisposable alone = GradientPasses.Exclusive();
                most = Math.Max(most, Interlocked.Increment(ref inside));
                Thread.Yield();
                Interlocked.Decrement(ref inside);
            }
        });

        most.Should().Be(1);
    }

    [Fact]
    public void Alone_WithinItselfAndDisposedTwice_ReleasesOnce()
    {
        IDisposable outer = GradientPasses.Exclusive();
        using (GradientPasses.Exclusive())
        {
        }

        outer.Dispose();
        outer.Dispose();

        OnThreads(1, _ => GradientPasses.Exclusive().Dispose());
    }

    [Fact]
    public void Excluded_OnTwoThreads_LetsInBoth()
    {
        using var together = new Barrier(2);
        OnThreads(2, _ =>
        {
            using IDisposable excluded = GradientPasses.Shared();
            using IDisposable within = GradientPasses.Shared();
            together.SignalAndWait(TimeSpan.FromMinutes(1)).Should().BeTrue();
        });
    }

    [Fact]
    public void Excluded_BesideAlone_NeverMeets()
    {
        int alone = 0;
        int excluded = 0;
        bool met = false;
        OnThreads(3, thread =>
        {
            for (int turn = 0; turn < 200; turn++)
            {
                using IDisposable mine = thread == 0 ? GradientPasses.Exclusive() : GradientPasses.Shared();
                ref int inside = ref (thread == 0 ? ref alone : ref excluded);
                Interlocked.Increment(ref inside);
                Thread.Yield();
                met |= Volatile.Read(ref alone) > 0 && Volatile.Read(ref excluded) > 0;
                Interlocked.Decrement(ref inside);
            }
        });

        met.Should().BeFalse();
    }

    [Fact]
    public void Excluded_WithinAlone_IsFine_AndAloneWithinExcluded_SaysWhatToDo()
    {
        using (GradientPasses.Exclusive())
        using (GradientPasses.Shared())
        {
        }

        using IDisposable excluded = GradientPasses.Shared();
        FluentActions.Invoking(() => GradientPasses.Exclusive()).Should().Throw<InvalidOperationException>()
            .WithMessage("Gradients cannot be taken within a pass without gradients: take them before or after it, in a proxy that is not an IActivationProxy.");
    }

    [Fact]
    public void Both_OfANetworkInFloat64_WaitForNobody()
    {
        using nn.Module<Tensor, Tensor> network = nn.Linear(2, 2, dtype: ScalarType.Float64);
        using IDisposable others = GradientPasses.Exclusive();
        OnThreads(2, thread =>
        {
            using IDisposable mine = thread == 0 ? GradientPasses.Exclusive(network) : GradientPasses.Shared(network);
        });
    }

    [Theory]
    [InlineData(ScalarType.Float32)]
    [InlineData(ScalarType.BFloat16)]
    [InlineData(null)]
    public void Both_OfAnyOtherNetwork_AreAsWithoutIt(ScalarType? format)
    {
        using var network = nn.Sequential(
            format is null ? nn.Identity() : nn.Linear(2, 2, dtype: ScalarType.Float64),
            format is null ? nn.Identity() : nn.Linear(2, 2, dtype: format));
        using IDisposable excluded = GradientPasses.Shared(network);
        FluentActions.Invoking(() => GradientPasses.Exclusive(network)).Should().Throw<InvalidOperationException>();
    }

    // Without it, most runs end with wrong gradients or a segmentation fault where oneDNN has AVX-512.
    [Fact]
    public void Alone_GradientsOfNewConvolutionsOnTwoThreads_AreThoseOfOneThread()
    {
        var random = new Random(1);
        for (int round = 0; round < 150; round++)
        {
            int inChannels = 8 * random.Next(1, 9);
            int outChannels = 8 * random.Next(1, 9);
            int height = random.Next(4, 40);
            int width = random.Next(4, 40);
            float[][] gradients = new float[2][];

            OnThreads(2, thread => gradients[thread] = GradientsOf(inChannels, outChannels, height, width));

            float[] expected = GradientsOf(inChannels, outChannels, height, width);
            gradients.Should().OnlyContain(actual => actual.SequenceEqual(expected), "round {0} has {1} channels", round, inChannels);
        }
    }

    private static float[] GradientsOf(int inChannels, int outChannels, int height, int width)
    {
        using IDisposable oneThread = TorchThreads.UseOne();
        using IDisposable alone = GradientPasses.Exclusive();
        using DisposeScope scope = NewDisposeScope();
        Tensor images = arange(inChannels * height * width, dtype: ScalarType.Float32).sin().reshape(1, height, width, inChannels)
            .permute(0, 3, 1, 2).requires_grad_();
        Tensor weight = arange(outChannels * inChannels * 9, dtype: ScalarType.Float32).sin().reshape(outChannels, inChannels, 3, 3).requires_grad_();
        IList<Tensor> gradients = autograd.grad([nn.functional.conv2d(images, weight, padding: [1, 1]).square().sum()], [images, weight]);
        return [.. gradients.SelectMany(gradient => gradient.contiguous().data<float>())];
    }

    private static void OnThreads(int count, Action<int> work)
    {
        using var start = new Barrier(count);
        Thread[] threads = [.. Enumerable.Range(0, count).Select(index => new Thread(() =>
        {
            start.SignalAndWait(TestContext.Current.CancellationToken);
            work(index);
        }))];
        foreach (Thread thread in threads)
        {
            thread.Start();
        }

        foreach (Thread thread in threads)
        {
            thread.Join();
        }
    }
}
