using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using LogDelivery.Benchmarks;
using LogDelivery.Benchmarks.Aws;
using LogDelivery.Benchmarks.Logs;

// The words time a whole job against a reference in the same run; everything else goes to BenchmarkDotNet.
if (args is ["corpus", ..])
{
    PolicyCorpus.Run();
    return;
}

switch (args)
{
    case ["fan-out", ..]:
        await FanOutBenchmark.RunAsync().ConfigureAwait(false);
        return;
    case ["sandbox", ..]:
        await SandboxBenchmark.RunAsync().ConfigureAwait(false);
        return;
    case ["expand", ..]:
        LogDelivery.Benchmarks.Subscriptions.ExpandBenchmark.Run();
        return;
    case ["import", ..]:
        await ImportBenchmark.RunAsync().ConfigureAwait(false);
        return;
    case ["failures", .. var rest]:
        FailureBenchmark.Run(rest);
        return;
    case ["access-logs", .. var sizes]:
        LogDelivery.Benchmarks.AccessLogs.AccessLogBenchmark.Run(sizes);
        return;
    case ["serve", ..]:
        await ServerProcess.ServeAsync().ConfigureAwait(false);
        return;
    case [ServerProcess.Empty, ..]:
        await ServerProcess.ServeNothingAsync().ConfigureAwait(false);
        return;
    default:
        break;
}

if (args is ["patterns", ..])
{
    LogDelivery.Benchmarks.Patterns.PatternCorpus.Run();
    return;
}

// In this process, so that nothing is generated and built beside the repository.
var job = Job.ShortRun.WithToolchain(new InProcessEmitToolchain(TimeSpan.FromMinutes(5), logOutput: false));
BenchmarkSwitcher.FromAssembly(typeof(VerdictBenchmarks).Assembly).Run(args, DefaultConfig.Instance.AddJob(job));
