using System.Diagnostics;
using Xunit;

namespace LogDelivery.Sandbox.Tests;

/// <summary>boto3 and the AWS CLI against the sandbox, where they are installed: clients that nobody here wrote.</summary>
public sealed class OtherClientTests
{
    private const string Key = "AKIAEXAMPLE";
    private const string Secret = "a-secret-that-is-none";

    [Fact]
    public async Task The_story_holds_in_boto3()
    {
        Assert.SkipUnless(await IsThere("python3", "-c", "import boto3"), "python3 with boto3 is not on this machine.");
        using var sandbox = Start();
        var (code, output) = await Run("python3", sandbox, Path.Combine(AppContext.BaseDirectory, "story.py"), sandbox.Server.Endpoint.AbsoluteUri, Key, Secret, sandbox.Server.ControlToken);
        Assert.True(code == 0, output);
        Assert.Contains("The story holds.", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pipeline_is_set_up_with_boto3()
    {
        Assert.SkipUnless(await IsThere("python3", "-c", "import boto3"), "python3 with boto3 is not on this machine.");
        using var sandbox = Start();
        var (code, output) = await Run("python3", sandbox, Path.Combine(AppContext.BaseDirectory, "pipeline.py"), sandbox.Server.Endpoint.AbsoluteUri, Key, Secret, sandbox.Server.ControlToken);
        Assert.True(code == 0, output);
        Assert.Contains("The pipeline holds.", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_AWS_CLI_drives_it()
    {
        Assert.SkipUnless(await IsThere("aws", "--version"), "The AWS CLI is not on the PATH of this machine.");
        using var sandbox = Start();
        async Task<string> Aws(params string[] arguments)
        {
            var (code, output) = await Run("aws", sandbox, arguments);
            Assert.True(code == 0, $"aws {string.Join(' ', arguments)}: {output}");
            return output;
        }

        await Aws("s3api", "create-bucket", "--bucket", RunningSandbox.Bucket);
        await Aws("s3api", "put-bucket-policy", "--bucket", RunningSandbox.Bucket, "--policy", RunningSandbox.TrailPolicy());
        await Aws("cloudtrail", "create-trail", "--name", "management", "--s3-bucket-name", RunningSandbox.Bucket);
        await Aws("cloudtrail", "start-logging", "--name", "management");
        await sandbox.Advance(5);
        Assert.Contains("\"IsLogging\": true", await Aws("cloudtrail", "get-trail-status", "--name", "management"), StringComparison.Ordinal);
        Assert.Contains("111122223333_CloudTrail_us-east-1_", await Aws("s3", "ls", $"s3://{RunningSandbox.Bucket}", "--recursive"), StringComparison.Ordinal);
        Assert.Contains("user/sandbox", await Aws("sts", "get-caller-identity"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_AWS_CLI_copies_large_files_and_validates_digests()
    {
        Assert.SkipUnless(await IsThere("aws", "--version"), "The AWS CLI is not on the PATH of this machine.");
        using var sandbox = Start();
        var folder = Directory.CreateTempSubdirectory("sandbox-");
        try
        {
            async Task<string> Aws(params string[] arguments)
            {
                var (code, output) = await Run("aws", sandbox, arguments);
                Assert.True(code == 0, $"aws {string.Join(' ', arguments)}: {output}");
                return output;
            }

            var (sent, received) = (Path.Combine(folder.FullName, "sent"), Path.Combine(folder.FullName, "received"));
            var content = new byte[20 * 1024 * 1024];
            new Random(1).NextBytes(content);
            await File.WriteAllBytesAsync(sent, content, RunningSandbox.Cancel);
            await Aws("s3", "mb", $"s3://{RunningSandbox.Bucket}");
            await Aws("s3", "cp", sent, $"s3://{RunningSandbox.Bucket}/large", "--only-show-errors");
            await Aws("s3", "mv", $"s3://{RunningSandbox.Bucket}/large", $"s3://{RunningSandbox.Bucket}/moved", "--only-show-errors");
            await Aws("s3", "cp", $"s3://{RunningSandbox.Bucket}/moved", received, "--only-show-errors");
            Assert.Equal(content, await File.ReadAllBytesAsync(received, RunningSandbox.Cancel));

            await Aws("s3api", "put-bucket-policy", "--bucket", RunningSandbox.Bucket, "--policy", RunningSandbox.TrailPolicy());
            await Aws("cloudtrail", "create-trail", "--name", "management", "--s3-bucket-name", RunningSandbox.Bucket, "--enable-log-file-validation");
            await Aws("cloudtrail", "start-logging", "--name", "management");
            await sandbox.Advance(185);
            string[] validate = ["cloudtrail", "validate-logs", "--trail-arn", RunningSandbox.Trail, "--start-time", "2026-01-31T00:00:00Z", "--end-time", "2026-02-01T00:00:00Z"];
            var valid = await Aws(validate);
            Assert.Contains("3/3 digest files valid", valid, StringComparison.Ordinal);
            Assert.DoesNotContain("INVALID", valid, StringComparison.Ordinal);
            var logs = await Aws("s3", "ls", $"s3://{RunningSandbox.Bucket}/AWSLogs/111122223333/CloudTrail/", "--recursive");
            await Aws("s3", "rm", $"s3://{RunningSandbox.Bucket}/{logs.Split('\n')[3].Split(' ')[^1]}");
            var (_, spoilt) = await Run("aws", sandbox, validate);
            Assert.Contains("INVALID", spoilt, StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static RunningSandbox Start() => new(new SandboxOptions { StartTime = RunningSandbox.Start, AccessKeyId = Key, SecretAccessKey = Secret });

    private static async Task<bool> IsThere(string program, params string[] arguments)
    {
        try
        {
            return (await Run(program, null, arguments)).Code == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    private static async Task<(int Code, string Output)> Run(string program, RunningSandbox? sandbox, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["AWS_ENDPOINT_URL"] = sandbox?.Server.Endpoint.AbsoluteUri ?? string.Empty;
        start.Environment["AWS_ACCESS_KEY_ID"] = Key;
        start.Environment["AWS_SECRET_ACCESS_KEY"] = Secret;
        start.Environment["AWS_REGION"] = start.Environment["AWS_DEFAULT_REGION"] = "us-east-1";
        start.Environment["AWS_EC2_METADATA_DISABLED"] = "true";
        start.Environment["AWS_CONFIG_FILE"] = start.Environment["AWS_SHARED_CREDENTIALS_FILE"] = Path.Combine(Path.GetTempPath(), "no-such-aws-file");
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(RunningSandbox.Cancel);
        var error = process.StandardError.ReadToEndAsync(RunningSandbox.Cancel);
        await process.WaitForExitAsync(RunningSandbox.Cancel);
        return (process.ExitCode, await output + await error);
    }
}
