using System.Text;
using System.Text.Json;
using LogDelivery.Repair;

namespace LogDelivery.Fuzz.Tests.Targets;

/// <summary>A file in the folder of backups.</summary>
internal sealed class BackupTarget : IFuzzTarget
{
    private static readonly PolicyBackup Whole = PolicyBackupFolderSeed();

    public string Name => "Backup";

    public IEnumerable<byte[]> Seeds =>
    [
        JsonSerializer.SerializeToUtf8Bytes(Whole, RepairJson.Indented),
        JsonSerializer.SerializeToUtf8Bytes(Whole with { Document = null, Sha256 = null, Region = null }, RepairJson.Indented),
    ];

    public void Run(byte[] input, Screen screen)
    {
        var file = TemporaryFolder.Write("backup.json", input);
        try
        {
            var backup = PolicyBackupFolder.Read(file);
            screen.Show($"{backup.Id} {backup.Resource} {backup.BucketName} {backup.Caller} {backup.Reason}");
            screen.ShowLines(backup.Document);
        }
        catch (BackupException exception)
        {
            screen.Show(exception.Message);
        }
    }

    private static PolicyBackup PolicyBackupFolderSeed() => new()
    {
        Id = "20260131T080000000Z-bucket-amzn-s3-demo-bucket-0123abcd",
        Time = DateTime.UnixEpoch.AddYears(56),
        TargetValue = Sources.PolicyTarget.Bucket,
        Resource = "arn:aws:s3:::amzn-s3-demo-bucket",
        BucketName = "amzn-s3-demo-bucket",
        AccountId = "111122223333",
        Region = "us-east-1",
        Caller = "arn:aws:iam::111122223333:user/a\u001b",
        RunId = "1",
        Reason = "Repair",
        Document = PolicySeeds.Bucket[0],
        Sha256 = Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(PolicySeeds.Bucket[0]))).ToLowerInvariant(),
        RepairedDocument = null,
    };
}
