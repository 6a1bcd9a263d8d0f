using RankNas.Graphs;
using RankNas.Proxies;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace RankNas.Rivals;

/// <summary>What RankNas is measured against: the same proxies on the same engine, written without its care. For the bench alone.</summary>
internal static class Pipelines
{
    /// <summary>As the authors' program: each proxy on a network of its own, forward and backward before each scoring pass.</summary>
    public static void Literal(ISearchSpace space, Architecture architecture, Tensor images, Tensor noisyImages)
    {
        using (PlainNetwork network = Build(space, architecture))
        {
            ForwardAndBackward(network, images);
            _ = AgreementsOf(network, images);
        }

        using (PlainNetwork network = Build(space, architecture))
        {
            ForwardAndBackward(network, images);
            List<Tensor> clean = PoolingInputsOf(network, images, noGradient: false);
            ForwardAndBackward(network, noisyImages);
            _ = NoiseOf(clean, PoolingInputsOf(network, noisyImages, noGradient: false));
        }

        using (PlainNetwork network = Build(space, architecture))
        {
            _ = new LogSynFlow().Score(network, images);
        }
    }

    /// <summary>Two plain passes with hooks and no backward, for NASWOT and noise immunity together; no synaptic flow.</summary>
    public static void Lean(ISearchSpace space, Architecture architecture, Tensor images, Tensor noisyImages)
    {
        using PlainNetwork network = Build(space, architecture);
        using IDisposable guard = no_grad();
        var clean = new List<Tensor>();
        using (Hooks.On(network, IsPooling, input => clean.Add(input.alias().DetachFromDisposeScope())))
        {
            _ = AgreementsOf(network, images);
        }

        _ = NoiseOf(clean, PoolingInputsOf(network, noisyImages, noGradient: true));
    }

    /// <summary>The floor: two bare passes pixel by pixel, without any proxy.</summary>
    public static void Bare(ISearchSpace space, Architecture architecture, Tensor images, Tensor noisyImages)
    {
        using nn.Module<Tensor, Tensor> network = space.BuildNetwork(architecture, new NetworkShape());
        using IDisposable guard = inference_mode();
        network.call(images).Dispose();
        network.call(noisyImages).Dispose();
    }

    private static PlainNetwork Build(ISearchSpace space, Architecture architecture) =>
        new(space.BuildNetwork(architecture, new NetworkShape()));

    private static void ForwardAndBackward(PlainNetwork network, Tensor images)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor logits = network.call(images);
        logits.backward([ones_like(logits)]);
        foreach (Parameter parameter in network.parameters())
        {
            parameter.grad?.zero_();
        }
    }

    private static double AgreementsOf(PlainNetwork network, Tensor images)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor kernel = zeros(images.shape[0], images.shape[0], dtype: ScalarType.Float32, device: CPU);
        using (Hooks.On(network, module => module is ReLU, input =>
        {
            using DisposeScope layer = NewDisposeScope();
            using IDisposable guard = no_grad();
            Tensor code = (input.flatten(1) > 0).to(ScalarType.Float32);
            Tensor inverse = 1 - code;
            kernel.add_(code.mm(code.t()) + inverse.mm(inverse.t()));
        }))
        {
            network.call(images);
        }

        return linalg.slogdet(kernel).Item2.item<float>();
    }

    private static List<Tensor> PoolingInputsOf(PlainNetwork network, Tensor images, bool noGradient)
    {
        var inputs = new List<Tensor>();
        using DisposeScope scope = NewDisposeScope();
        using IDisposable? guard = noGradient ? no_grad() : null;
        using (Hooks.On(network, IsPooling, input => inputs.Add(input.detach().DetachFromDisposeScope())))
        {
            network.call(images);
        }

        return inputs;
    }

    private static double NoiseOf(List<Tensor> clean, List<Tensor> noisy)
    {
        double noise = 0;
        foreach ((Tensor before, Tensor after) in clean.Zip(noisy))
        {
            using DisposeScope scope = NewDisposeScope();
            noise += (after - before).square().mean().item<float>();
        }

        clean.ForEach(tensor => tensor.Dispose());
        noisy.ForEach(tensor => tensor.Dispose());
        return noise;
    }

    private static bool IsPooling(nn.Module module) => module is AvgPool2d or AdaptiveAvgPool2d;

    private sealed class Hooks(Action[] removals) : IDisposable
    {
        public static Hooks On(nn.Module network, Func<nn.Module, bool> isWanted, Action<Tensor> see) =>
            new([.. network.modules().Where(isWanted).Cast<nn.Module<Tensor, Tensor>>().Select(module => (Action)module.register_forward_pre_hook((_, input) =>
            {
                see(input);
                return input;
            }).remove)]);

        public void Dispose() => Array.ForEach(removals, remove => remove());
    }
}
