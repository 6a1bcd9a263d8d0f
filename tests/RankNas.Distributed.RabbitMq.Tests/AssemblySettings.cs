// Most of these tests wait for processes.
[assembly: CollectionBehavior(MaxParallelThreads = 4)]
