using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace RankNas.Distributed.RabbitMq;

/// <summary>A message that a channel delivered.</summary>
internal sealed class RabbitMqDelivery(IChannel channel, ulong tag, ClusterMessage message, bool isDeadLetter) : ClusterDelivery
{
    public override ClusterMessage Message => message;

    public override bool IsDeadLetter => isDeadLetter;

    public override ValueTask AcknowledgeAsync() => SettleAsync(() => channel.BasicAckAsync(tag, multiple: false));

    public override ValueTask RejectAsync() => SettleAsync(() => channel.BasicRejectAsync(tag, requeue: false));

    private async ValueTask SettleAsync(Func<ValueTask> settle)
    {
        try
        {
            if (channel.IsOpen)
            {
                await settle().ConfigureAwait(false);
            }
        }
        catch (Exception exception) when (exception is OperationInterruptedException or ObjectDisposedException or IOException or OperationCanceledException or InvalidOperationException)
        {
            // The queue delivers it again.
        }
    }
}
