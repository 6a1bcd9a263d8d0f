using System.Runtime.InteropServices;
using RankNas.Torch;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace RankNas.Proxies.Tests.Gradients;

/// <summary>What callers may have done to a network before, and find as it was.</summary>
public class GradientStateTests
{
    public static TheoryData<string> All { get; } = [.. BuiltIn.Gradients.Select(proxy => proxy.Id)];

    [Theory]
    [MemberData(nameof(All))]
    public void Score_FrozenLayersAndGradientsOfBefore_ChangeNothingAndStay(string id)
    {
        using var small = new SmallCase();
        double expected = BuiltIn.Proxy(id).Score(small.Network, small.Batch);

        using DisposeScope scope = NewDisposeScope();
        nn.functional.cross_entropy(small.Network.call(small.Batch.Images), small.Batch.Labels!).backward();
        small.First.weight!.requires_grad = false;
        small.Fourth.bias!.requires_grad = false;
        small.Network.eval();
        Tensor[] gradients = [.. small.Network.parameters().Select(parameter => parameter.grad!.clone())];
        bool[] flags = [.. small.Network.parameters().Select(parameter => parameter.requires_grad)];
        Tensor[] state = [.. small.Network.state_dict().Values.Select(value => value.clone())];

        BuiltIn.Proxy(id).Score(small.Network, small.Batch).Should().Be(expected);

        Parameter[] parameters = [.. small.Network.parameters()];
        AreEqual(parameters.Select(parameter => parameter.grad!), gradients).Should().BeTrue();
        parameters.Select(parameter => parameter.requires_grad).Should().Equal(flags).And.Contain(false);
        AreEqual(small.Network.state_dict().Values, state).Should().BeTrue();
        small.Network.modules().Select(module => module.training).Should().OnlyContain(training => !training);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Score_CallerWithoutGradients_IsTheSame(string id)
    {
        using var small = new SmallCase();
        double expected = BuiltIn.Proxy(id).Score(small.Network, small.Batch);

        using (no_grad())
        {
            BuiltIn.Proxy(id).Score(small.Network, small.Batch).Should().Be(expected);
            is_grad_enabled().Should().BeFalse();
        }

        using (inference_mode())
        {
            using Tensor images = small.Batch.Images.clone();
            using var batch = new ProbeBatch(images, small.Batch.Labels);
            BuiltIn.Proxy(id).Score(small.Network, batch).Should().Be(expected);
            is_inference_mode_enabled().Should().BeTrue();
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Score_ThatFails_PutsTheNetworkBack(string id)
    {
        using DisposeScope scope = NewDisposeScope();
        Conv2d convolution = nn.Conv2d(3, 4, 3);
        using nn.Module<Tensor, Tensor> network = nn.Sequential(convolution, nn.BatchNorm2d(4), nn.Dropout(0.5));
        convolution.weight!.requires_grad = false;
        Tensor[] state = [.. network.state_dict().Values.Select(value => value.clone())];

        FluentActions.Invoking(() => BuiltIn.Proxy(id).Score(network, NormalDraw.Of(2, 3, 8, 8))).Should().Throw<InvalidOperationException>();

        convolution.weight.requires_grad.Should().BeFalse();
        network.modules().Select(module => module.training).Should().OnlyContain(training => training);
        AreEqual(network.state_dict().Values, state).Should().BeTrue();
        network.call(NormalDraw.Of(2, 3, 8, 8)).shape.Should().Equal(2, 4, 6, 6);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Score_HalfPrecision_IsANumberNearby(string id)
    {
        using DisposeScope scope = NewDisposeScope();
        using nn.Module<Tensor, Tensor> network = nn.Sequential(nn.Conv2d(3, 8, 3), nn.ReLU(), nn.Flatten(), nn.Linear(288, 4));
        WeightInitializer.Default.Initialize(network, seed: 2);
        Tensor images = randn([4, 3, 8, 8], generator: new Generator(1));
        double expected = BuiltIn.Proxy(id).Score(network, images);
        network.to(ScalarType.BFloat16);

        BuiltIn.Proxy(id).Score(network, images.to(ScalarType.BFloat16)).Should().BeApproximately(expected, 0.1 * Math.Abs(expected));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Score_ActivationThatIsOverwritten_IsAnExceptionAndNoCrash(string id)
    {
        using DisposeScope scope = NewDisposeScope();
        using nn.Module<Tensor, Tensor> network = nn.Sequential(
            nn.Conv2d(3, 4, 3), nn.Tanh(), nn.ReLU(inplace: true), nn.Flatten(), nn.Linear(144, 4));

        FluentActions.Invoking(() => BuiltIn.Proxy(id).Score(network, NormalDraw.Of(2, 3, 8, 8)))
            .Should().Throw<ExternalException>().WithMessage("*modified by an inplace operation*");
        network.parameters().Select(parameter => parameter.grad is null).Should().OnlyContain(none => none);
    }

    // Not by an assertion on the tensors themselves: its message would take minutes to write.
    private static bool AreEqual(IEnumerable<Tensor> values, IEnumerable<Tensor> expected) =>
        values.Zip(expected).All(pair => pair.First.eq(pair.Second).all().item<bool>());
}
