using System.Diagnostics;
using System.Net.Sockets;
using LogDelivery.Files;
using LogDelivery.Logs.Files;
using Xunit;

namespace LogDelivery.Tests.Files;

/// <summary>A path is asked what it is before it is opened, and no more is read than a limit.</summary>
public sealed class BoundedFileTests : IDisposable
{
    private static readonly FileLimit Small = new("a sample", 10, "Give less.") { MaxLineBytes = 5 };

    private readonly string folder = Directory.CreateTempSubdirectory("logdelivery-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void A_folder_is_called_a_folder()
        => Assert.Contains("is a folder, not a policy", Assert.Throws<FileRefusedException>(() => BoundedFile.ReadBytes(folder, FileLimit.Policy)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_device_is_not_read()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such devices.");
        Assert.Contains("/dev/zero is a device", Assert.Throws<FileRefusedException>(() => BoundedFile.ReadBytes("/dev/zero", FileLimit.Policy)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_too_large_is_named_with_limit_and_remedy()
    {
        var file = Write("large", "1\n2\n3\n4\n5\n6\n");
        Assert.Equal($"{file} is larger than a sample may be (10 bytes). Give less.", Assert.Throws<FileRefusedException>(() => BoundedFile.ReadBytes(file, Small)).Message);
    }

    [Fact]
    public void A_stream_is_read_no_further_than_the_limit()
    {
        using var endless = new EndlessStream();
        Assert.True(Assert.Throws<FileRefusedException>(() => BoundedFile.ReadBytes(BoundedFile.Open(endless, "standard input", FileLimit.Policy))).IsTooLarge);
        Assert.InRange(endless.Given, 1, FileLimit.Policy.MaxBytes + 1_000_000);
    }

    [Fact]
    public void A_line_without_end_is_not_collected()
    {
        var file = Write("line", "1234567");
        Assert.Contains("has a line that is longer", Assert.Throws<FileRefusedException>(() => BoundedFile.ReadText(file, Small)).Message, StringComparison.Ordinal);
        Assert.Equal("1234\n678\n", BoundedFile.ReadText(Write("lines", "1234\n678\n"), Small));
    }

    [Fact]
    public async Task A_pipe_that_is_named_is_read()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no FIFOs.");
        var pipe = MakePipe("pipe");
        var writer = Task.Run(() => File.WriteAllText(pipe, "1234"), TestContext.Current.CancellationToken);
        Assert.Equal("1234", BoundedFile.ReadText(pipe, Small));
        await writer;
    }

    [Fact]
    public void A_folder_of_logs_passes_over_pipes_and_sockets_and_counts_them()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no FIFOs.");
        MakePipe("pipe");
        File.CreateSymbolicLink(Path.Combine(folder, "zero"), "/dev/zero");
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(Path.Combine(folder, "s")));
        var file = Write("log.json", "{}");
        var tally = new ReadTally();
        Assert.Equal([file], new LogFiles(tally).Find(folder).Select(f => f.Path));
        Assert.Equal([file], new LogFiles(tally).Find(Path.Combine(folder, "*")).Select(f => f.Path));
        Assert.Equal(" Passed over, since they are no files: 2 x a device, 2 x a pipe (FIFO), 2 x a socket.", tally.PassedOver);
        Assert.Empty(tally.Damages);
    }

    [Fact]
    public void What_is_named_and_never_ends_is_damage()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "/proc is of Linux.");
        var tally = new ReadTally();
        Assert.Empty(new LogFiles(tally).Find("/dev/zero"));
        Assert.Empty(new LogFiles(tally).Find("/proc/kmsg"));
        Assert.Equal(["/dev/zero", "/proc/kmsg"], tally.Damages.Select(d => d.File));
        Assert.Equal(MakePipe("named"), Assert.Single(new LogFiles(tally).Find(Path.Combine(folder, "named"))).Path);
    }

    [Fact]
    public void A_link_in_a_folder_to_a_file_of_the_kernel_is_passed_over()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "/proc is of Linux.");
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            File.CreateSymbolicLink(Path.Combine(folder.FullName, "log.json"), "/proc/kmsg");
            Directory.CreateSymbolicLink(Path.Combine(folder.FullName, "deep"), "/proc/self");
            Assert.Equal(PathKind.KernelFile, PathStatus.Of(Path.Combine(folder.FullName, "log.json")).Kind);
            Assert.Equal(PathKind.KernelFile, PathStatus.Of(Path.Combine(folder.FullName, "deep", "status")).Kind);
            File.WriteAllText(Path.Combine(folder.FullName, "empty.json"), string.Empty);
            Assert.Equal(PathKind.File, PathStatus.Of(Path.Combine(folder.FullName, "empty.json")).Kind);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private string Write(string name, string text)
    {
        var path = Path.Combine(folder, name);
        File.WriteAllText(path, text);
        return path;
    }

    private string MakePipe(string name)
    {
        var path = Path.Combine(folder, name);
        using var made = Process.Start("mkfifo", [path]);
        made.WaitForExit();
        Assert.Equal(PathKind.Pipe, PathStatus.Of(path).Kind);
        return path;
    }

    private sealed class EndlessStream : MemoryStream
    {
        public long Given { get; private set; }

        public override int Read(Span<byte> buffer)
        {
            Given += buffer.Length;
            buffer.Fill((byte)'\n');
            return buffer.Length;
        }
    }
}
