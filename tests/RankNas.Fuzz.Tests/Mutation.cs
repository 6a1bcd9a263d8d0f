namespace RankNas.Fuzz.Tests;

/// <summary>Changes inputs as afl-fuzz does, without looking at what they reach.</summary>
internal static class Mutation
{
    private static readonly byte[] Odd = [0, 1, 0x7f, 0x80, 0xff, (byte)'"', (byte)',', (byte)'-', (byte)'9', (byte)'{', (byte)'[', (byte)'\n', 0x1b];

    public static byte[] Of(byte[][] seeds, Random random)
    {
        List<byte> input = [.. seeds[random.Next(seeds.Length)]];
        for (int changes = 1 << random.Next(5); changes > 0; changes--)
        {
            Change(input, seeds, random);
        }

        return [.. input.Take(FuzzTarget.MostBytes)];
    }

    private static void Change(List<byte> input, byte[][] seeds, Random random)
    {
        int place = random.Next(input.Count + 1);
        int length = random.Next(Math.Min(input.Count - place, 16) + 1);
        switch (random.Next(7))
        {
            case 0 when place < input.Count:
                input[place] ^= (byte)(1 << random.Next(8));
                break;
            case 1 when place < input.Count:
                input[place] = Odd[random.Next(Odd.Length)];
                break;
            case 2:
                input.Insert(place, Odd[random.Next(Odd.Length)]);
                break;
            case 3:
                input.RemoveRange(place, length);
                break;
            case 4:
                input.InsertRange(random.Next(input.Count + 1), input.GetRange(place, length));
                break;
            case 5:
                byte[] other = seeds[random.Next(seeds.Length)];
                int start = random.Next(other.Length + 1);
                input.InsertRange(place, other.AsSpan(start, random.Next(Math.Min(other.Length - start, 64) + 1)).ToArray());
                break;
            default:
                input.RemoveRange(place, input.Count - place);
                break;
        }
    }
}
