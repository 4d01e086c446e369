using LogDelivery.Logs.Files;
using Xunit;

namespace LogDelivery.Tests.Records;

public sealed class LogFilesTests : IDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("logdelivery-").FullName;
    private readonly ReadTally tally = new();

    public LogFilesTests()
    {
        Directory.CreateDirectory(Path.Combine(root, "b", "inner"));
        foreach (var file in new[] { "c.json", "a.json", "b/2.gz", "b/1.gz", "b/inner/x", "[d].json" })
        {
            File.WriteAllText(Path.Combine(root, file), "x");
        }
    }

    public void Dispose() => Directory.Delete(root, recursive: true);

    [Fact]
    public void AFolderIsReadInOneOrderWithAllBelow()
        => Assert.Equal(["[d].json", "a.json", "b/1.gz", "b/2.gz", "b/inner/x", "c.json"], Find(root));

    [Fact]
    public void AWildcardFitsNamesOfTheLastPart()
    {
        Assert.Equal(["[d].json", "a.json", "c.json"], Find(Path.Combine(root, "*.json")));
        Assert.Equal(["b/1.gz", "b/2.gz", "b/inner/x"], Find(Path.Combine(root, "?")));
    }

    [Fact]
    public void ALongPathOfWindowsHasAQuestionMarkThatIsNoWildcard()
    {
        Assert.SkipUnless(OperatingSystem.IsWindows(), @"Only Windows has paths that begin with \\?\.");
        Assert.Equal(3, new LogFiles(tally).Find($@"\\?\{root}\*.json").Count());
        Assert.Empty(tally.Damages);
        Assert.Empty(new LogFiles(tally).Find($@"\\?\{root}\no.json"));
        Assert.Equal("There is no such file or folder.", Assert.Single(tally.Damages).Message);
    }

    [Fact]
    public void NoFileComesTwiceByAnotherCaseOfItsName()
    {
        Assert.SkipUnless(OperatingSystem.IsWindows(), "Names that differ in case are two files here.");
        var files = new LogFiles(tally);
        Assert.Single(files.Find(Path.Combine(root, "A.JSON")));
        Assert.Empty(files.Find(Path.Combine(root, "a.json")));
        Assert.Equal(5, files.Find(root.ToUpperInvariant()).Count());
    }

    [Fact]
    public void NoFileComesTwice()
    {
        var files = new LogFiles(tally);
        Assert.Equal(6, files.Find(root).Count());
        Assert.Empty(files.Find(Path.Combine(root, "a.json")));
        Assert.Equal(6, tally.FilesFound);
    }

    [Fact]
    public void WhatIsNotThereIsDamage()
    {
        Assert.Empty(Find(Path.Combine(root, "no.json")));
        Assert.Empty(Find(Path.Combine(root, "*.txt")));
        Assert.Equal([DamageKind.NotFound, DamageKind.NotFound], tally.Damages.Select(d => d.Kind));
    }

    [Fact]
    public void ALinkThatLeadsBackEndsNothing()
    {
        try
        {
            Directory.CreateSymbolicLink(Path.Combine(root, "b", "back"), root);
        }
        catch (IOException) when (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows lets only some users make links.");
        }

        Assert.Equal(6, Find(root).Length);
    }

    [Fact]
    public void AClosedFolderIsOneDamage()
    {
        if (OperatingSystem.IsWindows() || Environment.IsPrivilegedProcess)
        {
            Assert.Skip("Everything is open to this user.");
            return;
        }

        var closed = Path.Combine(root, "b");
        File.SetUnixFileMode(closed, UnixFileMode.None);
        try
        {
            Assert.Equal(["[d].json", "a.json", "c.json"], Find(root));
        }
        finally
        {
            File.SetUnixFileMode(closed, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        var damage = Assert.Single(tally.Damages);
        Assert.Equal((closed, DamageKind.NoPermission), (damage.File, damage.Kind));
    }

    private string[] Find(string path)
        => [.. new LogFiles(tally).Find(path).Select(f => Path.GetRelativePath(root, f.Path).Replace('\\', '/'))];
}
