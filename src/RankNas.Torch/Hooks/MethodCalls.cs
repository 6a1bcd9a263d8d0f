using System.Buffers.Binary;
using System.Reflection;
using System.Reflection.Emit;

namespace RankNas.Torch.Hooks;

/// <summary>The methods that a method's compiled code names: those it calls, and those it makes delegates of.</summary>
internal static class MethodCalls
{
    private const byte LongOpCode = 0xFE;

    private static readonly Dictionary<short, OpCode> OpCodesByValue = typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!).ToDictionary(code => code.Value);

    /// <summary>Gets them in order; none where there is no code to read.</summary>
    /// <returns>Each with whether the very method named is called, as <c>base.forward(…)</c> does, and no override of it.</returns>
    public static IEnumerable<(MethodBase Method, bool IsExact)> Of(MethodBase method)
    {
        byte[] code = CodeOf(method);
        for (int position = 0; position < code.Length;)
        {
            short value = code[position] == LongOpCode ? BinaryPrimitives.ReadInt16BigEndian(code.AsSpan(position)) : code[position];
            if (!OpCodesByValue.TryGetValue(value, out OpCode instruction))
            {
                yield break;
            }

            position += instruction.Size;
            if (instruction.OperandType == OperandType.InlineMethod
                && Resolve(method, BinaryPrimitives.ReadInt32LittleEndian(code.AsSpan(position))) is { } called)
            {
                yield return (called, instruction == OpCodes.Call);
            }

            position += SizeOfOperand(instruction.OperandType, code.AsSpan(position));
        }
    }

    private static byte[] CodeOf(MethodBase method)
    {
        try
        {
            return method.GetMethodBody()?.GetILAsByteArray() ?? [];
        }
#pragma warning disable CA1031 // Code made as the program runs, or that names what is not there, may not be readable: it is taken to call nothing.
        catch (Exception)
#pragma warning restore CA1031
        {
            return [];
        }
    }

    private static MethodBase? Resolve(MethodBase method, int token)
    {
        try
        {
            return method.Module.ResolveMethod(
                token,
                method.DeclaringType is { IsGenericType: true } type ? type.GetGenericArguments() : null,
                method.IsGenericMethod ? method.GetGenericArguments() : null);
        }
#pragma warning disable CA1031 // An assembly that the code names and never needed: nothing of it can run.
        catch (Exception)
#pragma warning restore CA1031
        {
            return null;
        }
    }

    private static int SizeOfOperand(OperandType type, ReadOnlySpan<byte> operand) => type switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        OperandType.InlineSwitch => 4 + (4 * BinaryPrimitives.ReadInt32LittleEndian(operand)),
        _ => 4,
    };
}
