using System.Net;
using System.Security.Cryptography;
using Xunit;

namespace LogDelivery.Sandbox.Tests;

/// <summary>Objects that come in parts or from other objects, by hand.</summary>
public sealed class MultipartTests : IDisposable
{
    private const string Bucket = RunningSandbox.Bucket;
    private const string Path = $"/{Bucket}/folder/large.bin";
    private const int FiveMebibytes = 5 * 1024 * 1024;

    private readonly RunningSandbox sandbox = new();

    public void Dispose() => sandbox.Dispose();

    [Fact]
    public async Task Parts_become_an_object_in_their_order_whatever_order_they_came_in()
    {
        (await sandbox.S3("PUT", $"/{Bucket}")).Ok();
        var upload = await Create();
        var second = await Part(upload, 2, "the end");
        var first = await Part(upload, 1, new string('a', FiveMebibytes));
        Assert.Equal(HttpStatusCode.NotFound, (await sandbox.S3("HEAD", Path)).Status);
        Assert.Contains($"<UploadId>{upload}</UploadId>", (await sandbox.S3("GET", $"/{Bucket}?uploads")).Ok().Text, StringComparison.Ordinal);
        Assert.Contains($"<Size>{FiveMebibytes}</Size>", (await sandbox.S3("GET", $"{Path}?uploadId={upload}")).Ok().Text, StringComparison.Ordinal);

        var complete = (await sandbox.S3("POST", $"{Path}?uploadId={upload}", List((1, first), (2, second)))).Ok();
        var bytes = await sandbox.Object("folder/large.bin");
        Assert.Equal(FiveMebibytes + 7, bytes.Length);
        Assert.Equal("the end"u8.ToArray(), bytes[FiveMebibytes..]);
#pragma warning disable CA5351 // An entity tag is an MD5 by definition.
        var tag = Convert.ToHexString(MD5.HashData([.. Convert.FromHexString(first), .. Convert.FromHexString(second)])).ToLowerInvariant();
#pragma warning restore CA5351
        Assert.Equal($"\"{tag}-2\"", complete.Value("ETag"));
        Assert.Equal($"\"{tag}-2\"", (await sandbox.S3("HEAD", Path)).Headers["ETag"]);
        Assert.Equal("NoSuchUpload", (await sandbox.S3("POST", $"{Path}?uploadId={upload}", List((1, first)))).Error);
    }

    [Fact]
    public async Task What_does_not_fit_together_is_refused_and_the_upload_stays()
    {
        (await sandbox.S3("PUT", $"/{Bucket}")).Ok();
        var upload = await Create();
        var (first, second) = (await Part(upload, 1, "short"), await Part(upload, 2, "end"));
        async Task<string?> Complete(string list) => (await sandbox.S3("POST", $"{Path}?uploadId={upload}", list)).Error;
        Assert.Equal("EntityTooSmall", await Complete(List((1, first), (2, second))));
        Assert.Equal("InvalidPart", await Complete(List((1, second))));
        Assert.Equal("InvalidPart", await Complete(List((3, first))));
        Assert.Equal("InvalidPartOrder", await Complete(List((2, second), (1, first))));
        Assert.Equal("MalformedXML", await Complete("<CompleteMultipartUpload/>"));
        Assert.Equal("InvalidArgument", (await sandbox.S3("PUT", $"{Path}?partNumber=0&uploadId={upload}", "x")).Error);
        Assert.Equal("NoSuchUpload", (await sandbox.S3("PUT", $"/{Bucket}/other?partNumber=1&uploadId={upload}", "x")).Error);
        Assert.Null(await Complete(List((1, first))));
        Assert.Equal("short"u8.ToArray(), await sandbox.Object("folder/large.bin"));
    }

    [Fact]
    public async Task An_upload_that_is_given_up_leaves_nothing()
    {
        (await sandbox.S3("PUT", $"/{Bucket}")).Ok();
        var upload = await Create();
        await Part(upload, 1, "content");
        (await sandbox.S3("DELETE", $"{Path}?uploadId={upload}")).Ok();
        Assert.Equal("NoSuchUpload", (await sandbox.S3("GET", $"{Path}?uploadId={upload}")).Error);
        Assert.Empty(await sandbox.Keys());
    }

    [Fact]
    public async Task An_object_is_copied_with_its_metadata_or_with_others()
    {
        (await sandbox.S3("PUT", $"/{Bucket}")).Ok();
        (await sandbox.S3("PUT", $"/{Bucket}/a%20b", "0123456789", headers: ("x-amz-meta-kind", "first"))).Ok();
        (await sandbox.S3("PUT", $"/{Bucket}/c", headers: ("x-amz-copy-source", $"/{Bucket}/a%20b"))).Ok();
        Assert.Equal("first", (await sandbox.S3("HEAD", $"/{Bucket}/c")).Headers["x-amz-meta-kind"]);
        (await sandbox.S3("PUT", $"/{Bucket}/d", headers: [("x-amz-copy-source", $"{Bucket}/a%20b"), ("x-amz-metadata-directive", "REPLACE"), ("x-amz-meta-kind", "second")])).Ok();
        Assert.Equal("second", (await sandbox.S3("HEAD", $"/{Bucket}/d")).Headers["x-amz-meta-kind"]);
        Assert.Equal("NoSuchKey", (await sandbox.S3("PUT", $"/{Bucket}/e", headers: ("x-amz-copy-source", $"{Bucket}/none"))).Error);

        var upload = await Create();
        var part = (await sandbox.S3("PUT", $"{Path}?partNumber=1&uploadId={upload}", headers: [("x-amz-copy-source", $"{Bucket}/a%20b"), ("x-amz-copy-source-range", "bytes=2-4")])).Ok();
        (await sandbox.S3("POST", $"{Path}?uploadId={upload}", List((1, part.Value("ETag").Trim('"'))))).Ok();
        Assert.Equal("234"u8.ToArray(), await sandbox.Object("folder/large.bin"));
    }

    [Fact]
    public async Task A_copy_needs_the_right_to_read_its_source()
    {
        (await sandbox.S3("PUT", "/amzn-s3-demo-source")).Ok();
        (await sandbox.S3("PUT", "/amzn-s3-demo-source/secret", "x")).Ok();
        (await sandbox.S3("PUT", $"/{Bucket}", accessKey: "444455556666")).Ok();
        Assert.Equal("AccessDenied", (await sandbox.S3("PUT", $"/{Bucket}/copy", accessKey: "444455556666", headers: ("x-amz-copy-source", "amzn-s3-demo-source/secret"))).Error);
    }

    private static string List(params (int Number, string ETag)[] parts)
        => $"<CompleteMultipartUpload>{string.Concat(parts.Select(p => $"<Part><PartNumber>{p.Number}</PartNumber><ETag>\"{p.ETag}\"</ETag></Part>"))}</CompleteMultipartUpload>";

    private async Task<string> Create() => (await sandbox.S3("POST", $"{Path}?uploads")).Ok().Value("UploadId");

    private async Task<string> Part(string upload, int number, string content)
        => (await sandbox.S3("PUT", $"{Path}?partNumber={number}&uploadId={upload}", content)).Ok().Headers["ETag"].Trim('"');
}
