using System.Diagnostics;
using System.IO.Compression;
using System.Text.Json;
using Xunit;

namespace LogDelivery.Aws.Tests.Wire;

/// <summary>AWS's own description of a service, as botocore brings it along.</summary>
internal sealed class ServiceDescription
{
    private static readonly Lazy<string?> Folder = new(FindFolder);

    private readonly JsonElement model;

    private ServiceDescription(JsonElement model) => this.model = model;

    public JsonElement Metadata => model.GetProperty("metadata");

    /// <summary>Reads the description of a service, or skips the test where there is none.</summary>
    public static ServiceDescription Read(string service)
    {
        Assert.SkipWhen(Folder.Value is null, "botocore is not installed, so there is no description of the services to compare with.");
        var folder = Directory.GetDirectories(Path.Combine(Folder.Value!, service)).Order(StringComparer.Ordinal).Last();
        var plain = Path.Combine(folder, "service-2.json");
        using var stream = File.Exists(plain) ? File.OpenRead(plain) : (Stream)new GZipStream(File.OpenRead($"{plain}.gz"), CompressionMode.Decompress);
        return new(JsonDocument.Parse(stream).RootElement);
    }

    public JsonElement Operation(string name)
    {
        Assert.True(model.GetProperty("operations").TryGetProperty(name, out var operation), $"There is no operation {name}.");
        return operation;
    }

    public JsonElement Shape(string name) => model.GetProperty("shapes").GetProperty(name);

    /// <summary>The shape of an operation's input or output; <see langword="null"/> when it has none.</summary>
    public JsonElement? ShapeOf(JsonElement operation, string side)
        => operation.TryGetProperty(side, out var reference) ? Shape(reference.GetProperty("shape").GetString()!) : null;

    /// <summary>The members of a structure that have to be given.</summary>
    public static IEnumerable<string> RequiredOf(JsonElement? shape)
        => shape is { } s && s.TryGetProperty("required", out var required) ? required.EnumerateArray().Select(r => r.GetString()!) : [];

    private static string? FindFolder()
    {
        try
        {
            using var python = Process.Start(new ProcessStartInfo("python3", ["-c", "import botocore, os; print(os.path.join(os.path.dirname(botocore.__file__), 'data'))"])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            var folder = python.StandardOutput.ReadToEnd().Trim();
            python.WaitForExit();
            return python.ExitCode == 0 && Directory.Exists(folder) ? folder : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }
}
