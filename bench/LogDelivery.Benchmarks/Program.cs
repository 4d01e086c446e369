using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using LogDelivery.Benchmarks;

// "corpus" times a whole job against a public reference in the same run; everything else goes to BenchmarkDotNet.
if (args is ["corpus", ..])
{
    PolicyCorpus.Run();
    return;
}

// In this process, so that nothing is generated and built beside the repository.
var job = Job.ShortRun.WithToolchain(new InProcessEmitToolchain(TimeSpan.FromMinutes(5), logOutput: false));
BenchmarkSwitcher.FromAssembly(typeof(VerdictBenchmarks).Assembly).Run(args, DefaultConfig.Instance.AddJob(job));
