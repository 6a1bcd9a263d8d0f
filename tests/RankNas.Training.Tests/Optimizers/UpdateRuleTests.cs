using RankNas.Training.Optimizers;
using TorchSharp;
using static TorchSharp.torch;

namespace RankNas.Training.Tests.Optimizers;

/// <summary>Five steps on made-up gradients, as PyTorch 1.13 does them.</summary>
public class UpdateRuleTests
{
    public static TheoryData<string, float[]> Figures => new()
    {
        { "nesterov", [-0.5501375198364258f, -0.301137775182724f, 0.150160551071167f, 0.43026140332221985f, 0.3230670392513275f, -0.03144283965229988f, 0.28434380888938904f, -0.2304120808839798f] },
        { "momentum", [-0.4862353503704071f, -0.33844244480133057f, -0.050373297184705734f, 0.2080594152212143f, 0.2941906452178955f, 0.2237684726715088f, 0.29078274965286255f, -0.20942649245262146f] },
        { "plain", [-0.40268346667289734f, -0.22788462042808533f, -0.05134115740656853f, 0.08006219565868378f, 0.16094250977039337f, 0.23236732184886932f, 0.30185768008232117f, -0.20321890711784363f] },
        { "adamw", [-0.40677493810653687f, -0.2825824022293091f, -0.12252546846866608f, 0.04274808615446091f, 0.20047451555728912f, 0.3212117552757263f, 0.2786232829093933f, -0.21635118126869202f] },
        { "adamw without decay", [-0.40765294432640076f, -0.2801637351512909f, -0.11956620961427689f, 0.04306398704648018f, 0.19806984066963196f, 0.3187212646007538f, 0.2828421890735626f, -0.2154349386692047f] },
    };

    [Theory]
    [MemberData(nameof(Figures))]
    public void Step_FiveTimes_IsWhatPyTorchDoes(string name, float[] expected)
    {
        using DisposeScope scope = NewDisposeScope();
        (TrainingOptions options, double rate) = name switch
        {
            "nesterov" => (new TrainingOptions { WeightDecay = 5e-4 }, 0.1),
            "momentum" => (new TrainingOptions { Nesterov = false, Momentum = 0.8, WeightDecay = 0.01 }, 0.05),
            "plain" => (new TrainingOptions { Nesterov = false, Momentum = 0, WeightDecay = 0.01 }, 0.05),
            "adamw" => (new TrainingOptions { Optimizer = OptimizerKind.AdamW, WeightDecay = 0.05 }, 0.01),
            _ => (new TrainingOptions { Optimizer = OptimizerKind.AdamW, Beta1 = 0.8, Beta2 = 0.95, Epsilon = 1e-4, WeightDecay = 0 }, 0.01),
        };
        Tensor weight = arange(6, dtype: ScalarType.Float32).reshape(2, 3) / 7 - 0.4;
        Tensor bias = tensor(new[] { 0.3f, -0.2f });
        using var rule = UpdateRule.Create(options, [new TrainedWeight("w", weight, options.Decay), new TrainedWeight("b", bias, options.Decay)]);
        for (int k = 0; k < 5; k++)
        {
            Tensor ofWeight = (arange(6, dtype: ScalarType.Float32).reshape(2, 3) + k).sin() + weight * 0.5;
            Tensor ofBias = (tensor(new[] { 1f, 2f }) * k).cos() * 0.1;
            rule.Step([ofWeight, ofBias], rate, k + 1);
        }

        float[] found = [.. weight.data<float>(), .. bias.data<float>()];
        for (int place = 0; place < found.Length; place++)
        {
            found[place].Should().BeApproximately(expected[place], 1e-6f);
        }
    }

    [Fact]
    public void Step_WithoutAGradient_LeavesTheWeight()
    {
        using Tensor weight = ones(3);
        using var rule = UpdateRule.Create(new TrainingOptions(), [new TrainedWeight("w", weight, 0.1)]);
        rule.Step([null], 0.1, 1);
        weight.data<float>().ToArray().Should().Equal(1, 1, 1);
    }

    [Fact]
    public void Clip_LargeGradients_AreScaledAsPyTorchDoes()
    {
        using Tensor first = tensor(new[] { 3f, 4f });
        using Tensor second = tensor(new[] { 12f }).reshape(1, 1);
        GradientNorm.Clip([first, null, second], 2).Should().BeApproximately(13, 1e-5);
        float[] found = [.. first.data<float>(), .. second.data<float>()];
        found[0].Should().BeApproximately(0.4615384340286255f, 1e-6f);
        found[1].Should().BeApproximately(0.615384578704834f, 1e-6f);
        found[2].Should().BeApproximately(1.846153736114502f, 1e-6f);
    }

    [Fact]
    public void Clip_SmallGradients_Stay()
    {
        using Tensor gradient = tensor(new[] { 0.3f, 0.4f });
        GradientNorm.Clip([gradient], 2);
        gradient.data<float>().ToArray().Should().Equal(0.3f, 0.4f);
    }
}
