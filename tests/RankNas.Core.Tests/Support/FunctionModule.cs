using static TorchSharp.torch;

namespace RankNas.Core.Tests.Support;

/// <summary>A network without parameters, made of a function.</summary>
internal sealed class FunctionModule(Func<Tensor, Tensor> pass) : nn.Module<Tensor, Tensor>("function")
{
    public override Tensor forward(Tensor input) => pass(input);
}
