using BenchmarkDotNet.Running;
using LogDelivery.Benchmarks;

// "corpus" times a whole job against a public reference in the same run; everything else goes to BenchmarkDotNet.
if (args is ["corpus", ..])
{
    PolicyCorpus.Run();
    return;
}

BenchmarkSwitcher.FromAssembly(typeof(VerdictBenchmarks).Assembly).Run(args);
