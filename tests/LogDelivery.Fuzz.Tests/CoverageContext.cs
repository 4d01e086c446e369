using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Loader;
using SharpFuzz;
using SharpFuzz.Common;

namespace LogDelivery.Fuzz.Tests;

/// <summary>
/// Loads the product once more, with code in every branch that counts it, so that the long form keeps the inputs that reach what
/// none has reached. SharpFuzz puts that code in; what usually runs it, AFL or libFuzzer, is not needed: the counts are memory of
/// this process, and <see cref="FuzzSession"/> reads them.
/// </summary>
internal sealed unsafe class CoverageContext : AssemblyLoadContext
{
    private static readonly string[] Instrumented = ["LogDelivery.Engine", "LogDelivery.Aws", "LogDelivery.Sandbox", "logdelivery"];

    private readonly string folder = Directory.CreateTempSubdirectory("LogDelivery.Fuzz.").FullName;

    public CoverageContext()
    {
        Map = (nint)NativeMemory.AllocZeroed(CoverageMap.Size);
        Trace.SharedMem = (byte*)Map;
        foreach (var name in Instrumented)
        {
            var copy = Path.Combine(folder, $"{name}.dll");
            File.Copy(Path.Combine(AppContext.BaseDirectory, $"{name}.dll"), copy);
            Fuzzer.Instrument(copy, _ => true, Options.Value);
        }

        Session = LoadFromAssemblyPath(typeof(FuzzSession).Assembly.Location).GetType(typeof(FuzzSession).FullName!)!.GetMethod(nameof(FuzzSession.Run))!;
    }

    /// <summary>Where the branches are counted.</summary>
    public nint Map { get; }

    /// <summary><see cref="FuzzSession.Run(string, int, int, string, nint)"/> on what is instrumented.</summary>
    public MethodInfo Session { get; }

    protected override Assembly? Load(AssemblyName assemblyName)
        => Array.Exists(Instrumented, n => n == assemblyName.Name) ? LoadFromAssemblyPath(Path.Combine(folder, $"{assemblyName.Name}.dll")) : null;
}
