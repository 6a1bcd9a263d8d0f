using RankNas.Images.Decoding;

namespace RankNas.Images.Tests.Decoding;

public class MemoryBudgetTests
{
    [Fact]
    public async Task Take_WhatDoesNotFit_WaitsUntilThereIsRoom()
    {
        var budget = new MemoryBudget(100);
        CancellationToken token = TestContext.Current.CancellationToken;
        budget.Take(60, token);
        budget.Take(40, token);
        var waiting = Task.Run(() => budget.Take(50, token), token);
        (await Task.WhenAny(waiting, Task.Delay(200, token))).Should().NotBe(waiting);
        budget.Return(60);
        await waiting;
    }

    [Fact]
    public void Take_MoreThanThereEverIs_HasItAlone()
    {
        var budget = new MemoryBudget(100);
        budget.Take(1000, CancellationToken.None);
        using var soon = new CancellationTokenSource(50);
        FluentActions.Invoking(() => budget.Take(1, soon.Token)).Should().Throw<OperationCanceledException>();
        budget.Return(1000);
        budget.Take(1, CancellationToken.None);
    }
}
