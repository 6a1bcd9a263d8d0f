using System.Collections.Concurrent;
using Microsoft.Extensions.Logging.Abstractions;
using RankNas.Images;

namespace RankNas.Distributed.Working;

/// <summary>Scores architectures for every search on a cluster. It needs no setup: searches tell it what they need, and it fetches their images from them.</summary>
/// <param name="transport">The way to the cluster. The worker connects and disposes it.</param>
/// <param name="options">What it is and knows.</param>
/// <param name="logger">Told of the searches that it scores for or refuses.</param>
#pragma warning disable CA1001 // A semaphore holds nothing to dispose unless it is waited for by its handle.
public sealed class ClusterWorker(IClusterTransport transport, ClusterWorkerOptions options, ILogger? logger = null)
{
#pragma warning restore CA1001
    private static readonly TimeSpan RestAfterTrouble = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan ForgetSearchAfter = TimeSpan.FromMinutes(2);

    private readonly ILogger _logger = logger ?? NullLogger.Instance;
    private readonly EvaluatorFactory _factory = new(options);
    private readonly WorkerTally _tally = new();
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Service> _services = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Task<ProbeImages>> _images = new(StringComparer.Ordinal);
#pragma warning disable RS0030 // Shown to people, and nothing is decided by it.
    private readonly DateTimeOffset _startedAt = DateTimeOffset.UtcNow;
#pragma warning restore RS0030
    private SemaphoreSlim _seats = new(1, 1);
    private string _numerics = "";
    private int _threads = 1;
    private int _runs;
    private volatile bool _isLeaving;
    private volatile bool _isListening;

    /// <summary>Gets the worker's name.</summary>
    public string Name => options.Name;

    /// <summary>Gets what it computes by.</summary>
    public string Numerics => _numerics;

    /// <summary>Gets how many architectures it scores at once.</summary>
    public int Threads => _threads;

    /// <summary>Gets how many architectures it has scored.</summary>
    public long Architectures => _tally.Architectures;

    /// <summary>Gets whether it is connected and ready to score.</summary>
    public bool IsReady => _isListening && transport.IsConnected;

    /// <summary>Gets why it does not score for a search; empty where it refuses none.</summary>
    public ImmutableArray<string> Refusals => [.. Services().Where(service => service.State == ServiceState.Refused).Select(service => service.Reason!)];

    /// <summary>Scores until it is told to end; then what is in hand may go on for a while, and the rest is left to others.</summary>
    /// <param name="cancellationToken">Tells it to end.</param>
    /// <exception cref="ClusterException">The broker is not there, or lets nobody in.</exception>
    /// <exception cref="InvalidOperationException">A device is missing, or the worker was run before.</exception>
    public async Task RunAsync(CancellationToken cancellationToken = default)
    {
        if (Interlocked.Exchange(ref _runs, 1) != 0)
        {
            throw new InvalidOperationException("A worker runs once: create another.");
        }

        options.Check();
        try
        {
            GetReady();
            await transport.ConnectAsync(cancellationToken).ConfigureAwait(false);
            await transport.ListenAsync(Topics.Searches, OnSearches, cancellationToken).ConfigureAwait(false);
            await transport.ListenAsync(Topics.Of(options.Name), OnMember, cancellationToken).ConfigureAwait(false);
            _isListening = true;
            while (!cancellationToken.IsCancellationRequested)
            {
                await TellAsync(cancellationToken).ConfigureAwait(false);
                await ForgetOldSearchesAsync(cancellationToken).ConfigureAwait(false);
                await Task.Delay(options.PresencePeriod, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Told to end while it waited for the broker.
        }
        finally
        {
            _isListening = false;
            await LeaveAsync().ConfigureAwait(false);
        }
    }

    private void GetReady()
    {
        // A single image of the smallest shape: what is asked for is the number of workers and the numerics.
        NasBuilder probe = NasBuilder.Create().UseSpace(BuiltIns.TimedSpaces[0]).AddProxy(BuiltIns.Proxies["naswot"]).WithBatchSize(1).WithDevices(options.Devices);
        if (options.Workers is { } workers)
        {
            probe.WithWorkers(workers);
        }

        (int threads, string numerics) = probe.DescribeEvaluator();
        (_threads, _numerics) = (threads, options.Numerics ?? numerics);
        _seats = new SemaphoreSlim(_threads, _threads);
    }

    private void OnSearches(ClusterMessage message) => Guard(message, () =>
    {
        switch (message.Kind)
        {
            case MessageKinds.Announcement:
                Meet(Wire.Read(message, ClusterJson.Default.SearchAnnouncement, ThrowIfIncomplete));
                break;
            case MessageKinds.SearchOver:
                _ = EndAsync(Wire.Read(message, ClusterJson.Default.SearchOver).Search);
                break;
            case MessageKinds.WhoIsThere:
                _ = TellAsync(CancellationToken.None);
                break;
        }
    });

    private void OnMember(ClusterMessage message) => Guard(message, () =>
    {
        if (message.Kind == MessageKinds.ImagesPart)
        {
            ImagesPart part = Wire.Read(message, ClusterJson.Default.ImagesPart);
            Find(part.Search)?.Fetch?.Take(part);
        }
    });

    private void Guard(ClusterMessage message, Action act)
    {
        try
        {
            act();
        }
        catch (InvalidDataException exception)
        {
            _logger.Nonsense(ShownText.Of(message.Kind), exception.Message);
        }
    }

    private static void ThrowIfIncomplete(SearchAnnouncement search)
    {
        if (search.Proxies.IsDefaultOrEmpty || search.Proxies.Any(proxy => proxy is null || proxy.Id is null || proxy.Settings is null)
            || !double.IsFinite(search.TimeLimitSeconds) || search.TimeLimitSeconds is < 0 or > 1e9)
        {
            throw new FormatException("it has no proxies, or no time limit");
        }
    }

    private void Meet(SearchAnnouncement search)
    {
        Service? former;
        Service service;
        lock (_gate)
        {
            if (_isLeaving)
            {
                return;
            }

            if (_services.TryGetValue(search.Search, out former) && former.IsFor(search) && former.Served?.HasEnded != true && !former.IsWorthAnotherTry)
            {
                former.HeardAt = Environment.TickCount64;
                return;
            }

            service = _services[search.Search] = new Service(search);
        }

        _ = former?.EndAsync(TimeSpan.Zero);
        service.Preparing = Task.Run(() => PrepareAsync(service));
    }

    private async Task PrepareAsync(Service service)
    {
        SearchAnnouncement search = service.Search;
        try
        {
            string? whyNot = options.CreateEvaluator is null ? _factory.WhyNot(search, NumericsFor(search)) : WhyNotByNumerics(search);
            if (whyNot is null)
            {
                (IArchitectureEvaluator evaluator, DescribedSpace? space) = options.CreateEvaluator is { } create
                    ? (create(search), null)
                    : _factory.Create(search, await ImagesOfAsync(service).ConfigureAwait(false));
                service.Served = new ServedSearch(transport, search, evaluator, space, _seats, _tally, options.Name, _logger, reason => GiveUp(service, reason));
                await service.Served.StartAsync(_threads, service.Ending.Token).ConfigureAwait(false);
                service.State = ServiceState.Serving;
                _logger.Serving(options.Name, search.Search);
            }

            service.Refuse(whyNot);
        }
        catch (OperationCanceledException) when (service.Ending.IsCancellationRequested)
        {
            return;
        }
#pragma warning disable CA1031 // Whatever it is, this worker cannot score for the search, and says why.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            service.Refuse(ErrorText.FirstLineOf(exception), tryAgainAfter: options.PresencePeriod);
        }

        if (service.State == ServiceState.Refused)
        {
            _logger.Refused(options.Name, search.Search, service.Reason!);
        }

        await TellAsync(service.Ending.Token).ConfigureAwait(false);
    }

    // It has failed again and again where others may not: what it has in hand is theirs.
    private void GiveUp(Service service, string reason)
    {
        if (service.State != ServiceState.Serving)
        {
            return;
        }

        service.Refuse($"It failed again and again: {reason}", tryAgainAfter: RestAfterTrouble);
        _logger.Refused(options.Name, service.Search.Search, service.Reason!);
        _ = Task.Run(async () =>
        {
            await TellAsync(service.Ending.Token).ConfigureAwait(false);
            await service.Served!.EndAsync(options.Grace).ConfigureAwait(false);
            await service.Served.DisposeAsync().ConfigureAwait(false);
        });
    }

    private string? WhyNotByNumerics(SearchAnnouncement search) =>
        search.Protocol == Wire.Version && (search.AcceptsOtherNumerics || search.Scope.Numerics == _numerics) ? null : _factory.WhyNot(search, _numerics);

    // What it would compute this search by: one without kernels, or in TF32, has numerics of its own.
    private string NumericsFor(SearchAnnouncement search) =>
        options.Numerics ?? Scoring.Numerics.Of(options.Devices[0], search.UsesKernels, search.AllowsTensorFloat32);

    // Searches with the same images share them.
    private async Task<ProbeImages> ImagesOfAsync(Service service)
    {
        string key = $"{service.Search.Scope.Shape} {service.Search.Scope.Images}";
        while (true)
        {
            Task<ProbeImages> fetching = _images.GetOrAdd(key, _ =>
            {
                service.Fetch = new ImageFetch(transport, options.Name, service.Search);
                return service.Fetch.RunAsync(service.Ending.Token);
            });
            try
            {
                return await fetching.WaitAsync(service.Ending.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (!service.Ending.IsCancellationRequested)
            {
                // Another search fetched them, and ended: this one does.
                _images.TryRemove(KeyValuePair.Create(key, fetching));
            }
            catch
            {
                _images.TryRemove(KeyValuePair.Create(key, fetching));
                throw;
            }
        }
    }

    private async Task EndAsync(string search)
    {
        Service? service;
        lock (_gate)
        {
            if (!_services.Remove(search, out service))
            {
                return;
            }
        }

        await service.EndAsync(TimeSpan.Zero).ConfigureAwait(false);
        _logger.Done(options.Name, search);
        lock (_gate)
        {
            // Images are kept for the next search, unless there are many.
            if (_services.Count == 0 && _images.Count > 4)
            {
                _images.Clear();
            }
        }
    }

    // A search that was killed tells nobody. Its units are still worth scoring, for it may be started again, until there are none.
    private async Task ForgetOldSearchesAsync(CancellationToken cancellationToken)
    {
        long oldest = Environment.TickCount64 - (long)ForgetSearchAfter.TotalMilliseconds;
        foreach (Service service in Services().Where(service => service.HeardAt < oldest && service.Served?.InHand is null or 0))
        {
            if (service.State != ServiceState.Serving || await transport.FindQueueAsync(service.Search.WorkQueue, cancellationToken).ConfigureAwait(false) is not { Ready: > 0 })
            {
                await EndAsync(service.Search.Search).ConfigureAwait(false);
            }
        }
    }

    private async Task TellAsync(CancellationToken cancellationToken)
    {
        try
        {
            await transport.TellAsync(Topics.Workers, Wire.Write(MessageKinds.Presence, Presence(), ClusterJson.Default.WorkerPresence), cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is ObjectDisposedException || (exception is OperationCanceledException && cancellationToken.IsCancellationRequested))
        {
            // It leaves.
        }
    }

    private WorkerPresence Presence() => new(
        Wire.Version, Wire.Product, options.Name, Environment.MachineName, _numerics, _threads, _startedAt, _tally.Architectures, _tally.LastMinute, _tally.Failures,
        [.. Services().Select(service => new SearchService(service.Search.Search, service.State, service.Reason, service.Served?.InHand ?? 0))], _isLeaving);

    private async Task LeaveAsync()
    {
        _isLeaving = true;
        Service[] services = Services();
        await Task.WhenAll(services.Select(service => service.Served?.EndAsync(options.Grace) ?? Task.CompletedTask)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        using var late = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        await TellAsync(late.Token).ConfigureAwait(false);

        // What is still in hand goes to others now, and not when the last network has come to its end.
        await transport.DisposeAsync().ConfigureAwait(false);
        await Task.WhenAll(services.Select(service => service.EndAsync(TimeSpan.Zero))).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private Service? Find(string search)
    {
        lock (_gate)
        {
            return _services.GetValueOrDefault(search);
        }
    }

    private Service[] Services()
    {
        lock (_gate)
        {
            return [.. _services.Values];
        }
    }

    private sealed class Service(SearchAnnouncement search)
    {
        private long _tryAgainAt = long.MaxValue;

        public SearchAnnouncement Search => search;

        public CancellationTokenSource Ending { get; } = new();

        public Task Preparing { get; set; } = Task.CompletedTask;

        public ImageFetch? Fetch { get; set; }

        public ServedSearch? Served { get; set; }

        public ServiceState State { get; set; } = ServiceState.Preparing;

        public string? Reason { get; private set; }

        public long HeardAt { get; set; } = Environment.TickCount64;

        /// <summary>Gets whether it was refused for what may have passed.</summary>
        public bool IsWorthAnotherTry => State == ServiceState.Refused && Environment.TickCount64 > _tryAgainAt;

        /// <summary>Tells whether an announcement says the same: a search that was started again may have other settings.</summary>
        public bool IsFor(SearchAnnouncement other) =>
            search with { Proxies = other.Proxies } == other && search.Proxies.AsSpan().SequenceEqual(other.Proxies.AsSpan());

        public void Refuse(string? reason, TimeSpan? tryAgainAfter = null)
        {
            if (reason is not null)
            {
                (State, Reason) = (ServiceState.Refused, reason);
                _tryAgainAt = tryAgainAfter is { } time ? Environment.TickCount64 + (long)time.TotalMilliseconds : long.MaxValue;
            }
        }

        public async Task EndAsync(TimeSpan grace)
        {
            if (Served is not null)
            {
                await Served.EndAsync(grace).ConfigureAwait(false);
            }

            await Ending.CancelAsync().ConfigureAwait(false);
            await Preparing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (Served is not null)
            {
                await Served.DisposeAsync().ConfigureAwait(false);
            }
        }
    }
}
