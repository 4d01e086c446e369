using System.Collections.Concurrent;
using System.Net;
using Amazon.S3;
using Amazon.S3.Model;
using LogDelivery.Aws.Clients;
using LogDelivery.Gateways;
using LogDelivery.Sources;

namespace LogDelivery.Aws.Gateways;

/// <summary>Buckets, by S3. A bucket can be called only in its own Region, so its Region is found first.</summary>
internal sealed class BucketGateway(ClientPool clients, ClientPool writers, string region, string? owner = null) : IBucketGateway
{
    private const int MaxListPages = 10;

    // Buckets do not move. One that is missing may be made at any time, so that is not kept.
    private readonly ConcurrentDictionary<string, BucketPlace> places = new(StringComparer.Ordinal);

    public async Task<Readable<BucketPlace>> FindAsync(string bucketName, CancellationToken cancellationToken)
    {
        if (places.TryGetValue(bucketName, out var known))
        {
            return Readable.Found(known);
        }

        var found = await HeadAsync(bucketName, region, cancellationToken).ConfigureAwait(false);
        if (found.Value is { Region: { } elsewhere } && elsewhere != region)
        {
            var there = await HeadAsync(bucketName, elsewhere, cancellationToken).ConfigureAwait(false);
            found = there.Value is null ? there : Readable.Found(there.Value with { Region = elsewhere });
        }

        if (found.Value is { } place)
        {
            places[bucketName] = place;
        }

        return found;
    }

    public Task<Readable<string>> FindOwnAsync(string bucketName, CancellationToken cancellationToken)
        => Readable.AskAsync(async () =>
        {
            var request = new ListBucketsRequest { Prefix = bucketName, MaxBuckets = 1000 };
            while (true)
            {
                var answer = await clients.CallS3Async("ListBuckets", region, bucketName, (s3, token) => s3.ListBucketsAsync(request, token), cancellationToken).ConfigureAwait(false);
                if ((answer.Buckets ?? []).Exists(b => b.BucketName == bucketName))
                {
                    return bucketName;
                }

                if (string.IsNullOrEmpty(answer.ContinuationToken))
                {
                    return null;
                }

                request.ContinuationToken = answer.ContinuationToken;
            }
        });

    public async Task<Readable<string>> GetPolicyAsync(string bucketName, CancellationToken cancellationToken)
    {
        var home = await HomeOfAsync(bucketName, cancellationToken).ConfigureAwait(false);
        return await Readable.AskAsync(async () =>
        {
            var response = await clients.CallS3Async(
                "GetBucketPolicy",
                home,
                bucketName,
                (s3, token) => s3.GetBucketPolicyAsync(new GetBucketPolicyRequest { BucketName = bucketName, ExpectedBucketOwner = owner }, token),
                cancellationToken).ConfigureAwait(false);
            var code = S3Answers.ErrorCodeOf(response.Policy);
            return code switch
            {
                null when response.HttpStatusCode == HttpStatusCode.OK && !string.IsNullOrWhiteSpace(response.Policy) => response.Policy,
                null or "NoSuchBucketPolicy" => null,
                _ => throw NoSuchBucket(bucketName, "GetBucketPolicy", home, code),
            };
        }).ConfigureAwait(false);
    }

    public IBucketGateway OwnedBy(string accountId) => new BucketGateway(clients, writers, region, accountId);

    public Task PutPolicyAsync(string bucketName, string policy, CancellationToken cancellationToken)
        => WriteAsync(
            "PutBucketPolicy",
            bucketName,
            (s3, token) => s3.PutBucketPolicyAsync(new PutBucketPolicyRequest { BucketName = bucketName, Policy = policy, ExpectedBucketOwner = owner }, token),
            cancellationToken);

    public Task DeletePolicyAsync(string bucketName, CancellationToken cancellationToken)
        => WriteAsync(
            "DeleteBucketPolicy",
            bucketName,
            (s3, token) => s3.DeleteBucketPolicyAsync(new DeleteBucketPolicyRequest { BucketName = bucketName, ExpectedBucketOwner = owner }, token),
            cancellationToken);

    public Task<Readable<StoredObject>> FindNewestAsync(string bucketName, string prefix, CancellationToken cancellationToken)
        => Readable.AskAsync(async () => (await ListPagesAsync(bucketName, prefix, MaxListPages, cancellationToken).ConfigureAwait(false)).MaxBy(o => o.LastModified));

    public Task<Readable<IReadOnlyList<StoredObject>>> ListAsync(string bucketName, string prefix, CancellationToken cancellationToken)
        => Readable.AskAsync<IReadOnlyList<StoredObject>>(async () => await ListPagesAsync(bucketName, prefix, int.MaxValue, cancellationToken).ConfigureAwait(false));

    private async Task<List<StoredObject>> ListPagesAsync(string bucketName, string prefix, int maxPages, CancellationToken cancellationToken)
    {
        var request = new ListObjectsV2Request { BucketName = bucketName, Prefix = prefix, ExpectedBucketOwner = owner };
        var objects = new List<StoredObject>();
        for (var page = 0; page < maxPages; page++)
        {
            var answer = await InHomeAsync("ListObjectsV2", bucketName, (s3, token) => s3.ListObjectsV2Async(request, token), cancellationToken).ConfigureAwait(false);
            objects.AddRange((answer.S3Objects ?? []).Select(o => new StoredObject(o.Key, (o.LastModified ?? default).ToUniversalTime())));
            if (answer.IsTruncated != true)
            {
                break;
            }

            request.ContinuationToken = answer.NextContinuationToken;
        }

        return objects;
    }

    public async Task<BucketReport> GetSettingsAsync(string bucketName, string? supposedOwner, CancellationToken cancellationToken)
    {
        var home = await HomeOfAsync(bucketName, cancellationToken).ConfigureAwait(false);
        var encryption = AskAsync("GetBucketEncryption", bucketName, (s3, token) => s3.GetBucketEncryptionAsync(new GetBucketEncryptionRequest { BucketName = bucketName, ExpectedBucketOwner = owner }, token), cancellationToken);
        var ownership = AskAsync("GetBucketOwnershipControls", bucketName, (s3, token) => s3.GetBucketOwnershipControlsAsync(new GetBucketOwnershipControlsRequest { BucketName = bucketName, ExpectedBucketOwner = owner }, token), cancellationToken);
        var objectLock = AskAsync("GetObjectLockConfiguration", bucketName, (s3, token) => s3.GetObjectLockConfigurationAsync(new GetObjectLockConfigurationRequest { BucketName = bucketName, ExpectedBucketOwner = owner }, token), cancellationToken);
        var payment = AskAsync("GetBucketRequestPayment", bucketName, (s3, token) => s3.GetBucketRequestPaymentAsync(new GetBucketRequestPaymentRequest { BucketName = bucketName, ExpectedBucketOwner = owner }, token), cancellationToken);
        var ownerAnswer = IsOwnedByAsync(bucketName, supposedOwner, cancellationToken);
        await Task.WhenAll(encryption, ownership, objectLock, payment, ownerAnswer).ConfigureAwait(false);

        var settings = new BucketSettings { Region = home, AccountId = await ownerAnswer.ConfigureAwait(false) };
        settings = WithEncryption(settings, await encryption.ConfigureAwait(false));
        settings = WithOwnership(settings, await ownership.ConfigureAwait(false));
        settings = WithObjectLock(settings, await objectLock.ConfigureAwait(false));
        var payer = await payment.ConfigureAwait(false);
        settings = settings with { RequesterPays = payer.IsUnreadable ? null : payer.Value?.Payer == "Requester" };
        string?[] missing =
        [
            (await encryption.ConfigureAwait(false)).MissingPermission,
            (await ownership.ConfigureAwait(false)).MissingPermission,
            (await objectLock.ConfigureAwait(false)).MissingPermission,
            payer.MissingPermission,
        ];
        return new(settings, [.. missing.OfType<string>()]);
    }

    private static BucketSettings WithEncryption(BucketSettings settings, Readable<GetBucketEncryptionResponse> answer)
    {
        if (answer.IsUnreadable)
        {
            return settings;
        }

        // A bucket without an encryption configuration encrypts with SSE-S3.
        var rule = answer.Value?.ServerSideEncryptionConfiguration?.ServerSideEncryptionRules?.FirstOrDefault();
        var byDefault = rule?.ServerSideEncryptionByDefault;
        var key = string.IsNullOrEmpty(byDefault?.ServerSideEncryptionKeyManagementServiceKeyId) ? null : byDefault.ServerSideEncryptionKeyManagementServiceKeyId;
        return settings with
        {
            Encryption = byDefault?.ServerSideEncryptionAlgorithm?.Value switch
            {
                "aws:kms" when key is null || key.EndsWith("alias/aws/s3", StringComparison.Ordinal) => BucketEncryption.AwsManagedKey,
                "aws:kms" => BucketEncryption.SseKms,
                "aws:kms:dsse" => BucketEncryption.DsseKms,
                _ => BucketEncryption.SseS3,
            },
            KmsKeyId = key,
            BucketKeyEnabled = rule?.BucketKeyEnabled ?? false,
        };
    }

    private static BucketSettings WithOwnership(BucketSettings settings, Readable<GetBucketOwnershipControlsResponse> answer)
    {
        if (answer.IsUnreadable)
        {
            return settings;
        }

        // Without the setting, a bucket is as all were before there was one.
        var rule = answer.Value?.OwnershipControls?.Rules?.FirstOrDefault()?.ObjectOwnership?.Value;
        return settings with
        {
            ObjectOwnership = rule switch
            {
                "BucketOwnerEnforced" => Sources.ObjectOwnership.BucketOwnerEnforced,
                "BucketOwnerPreferred" => Sources.ObjectOwnership.BucketOwnerPreferred,
                _ => Sources.ObjectOwnership.ObjectWriter,
            },
        };
    }

    private static BucketSettings WithObjectLock(BucketSettings settings, Readable<GetObjectLockConfigurationResponse> answer)
    {
        var configuration = answer.Value?.ObjectLockConfiguration;
        return answer.IsUnreadable
            ? settings
            : settings with
            {
                ObjectLockEnabled = configuration?.ObjectLockEnabled?.Value == "Enabled",
                ObjectLockDefaultRetention = configuration?.Rule?.DefaultRetention is not null,
            };
    }

    private static AwsCallException NoSuchBucket(string bucketName, string operation, string home, string code)
        => AwsErrors.Create(code, HttpStatusCode.NotFound, $"there is no bucket {bucketName}.", null, new("s3", operation, home, bucketName));

    private async Task<Readable<BucketPlace>> HeadAsync(string bucketName, string where, CancellationToken cancellationToken)
    {
        try
        {
            var response = await clients.CallS3Async(
                "HeadBucket", where, bucketName, (s3, token) => s3.HeadBucketAsync(new HeadBucketRequest { BucketName = bucketName, ExpectedBucketOwner = owner }, token), cancellationToken)
                .ConfigureAwait(false);
            return Readable.Found(new BucketPlace(string.IsNullOrEmpty(response.BucketRegion) ? where : response.BucketRegion, false));
        }
        catch (AwsCallException exception) when (ReadHead(exception) is { } answer)
        {
            return answer;
        }
    }

    // HEAD has no body, so the status and the headers are all there is.
    private static Readable<BucketPlace>? ReadHead(AwsCallException exception)
    {
        var elsewhere = S3Answers.RegionOf(exception);
        return S3Answers.StatusOf(exception) switch
        {
            HttpStatusCode.NotFound => Readable.Missing<BucketPlace>(),
            HttpStatusCode.Forbidden when exception.Kind != AwsErrorKind.Authentication => Readable.Found(new BucketPlace(elsewhere, true)),
            HttpStatusCode.MovedPermanently or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect or HttpStatusCode.BadRequest
                when elsewhere is not null => Readable.Found(new BucketPlace(elsewhere, false)),
            _ => null,
        };
    }

    private async Task<string> HomeOfAsync(string bucketName, CancellationToken cancellationToken)
    {
        var found = await FindAsync(bucketName, cancellationToken).ConfigureAwait(false);
        return found.IsMissing ? throw NoSuchBucket(bucketName, "HeadBucket", region, "NoSuchBucket") : found.Value?.Region ?? region;
    }

    private async Task<TOutput> InHomeAsync<TOutput>(
        string operation, string bucketName, Func<AmazonS3Client, CancellationToken, Task<TOutput>> invoke, CancellationToken cancellationToken)
    {
        var home = await HomeOfAsync(bucketName, cancellationToken).ConfigureAwait(false);
        return await clients.CallS3Async(operation, home, bucketName, invoke, cancellationToken).ConfigureAwait(false);
    }

    private async Task WriteAsync<TOutput>(
        string operation, string bucketName, Func<AmazonS3Client, CancellationToken, Task<TOutput>> invoke, CancellationToken cancellationToken)
    {
        var home = await HomeOfAsync(bucketName, cancellationToken).ConfigureAwait(false);
        await writers.CallS3Async(operation, home, bucketName, invoke, cancellationToken).ConfigureAwait(false);
    }

    private Task<Readable<TOutput>> AskAsync<TOutput>(
        string operation, string bucketName, Func<AmazonS3Client, CancellationToken, Task<TOutput>> invoke, CancellationToken cancellationToken)
        where TOutput : Amazon.Runtime.AmazonWebServiceResponse
        => Readable.AskAsync(async () =>
        {
            var response = await InHomeAsync(operation, bucketName, invoke, cancellationToken).ConfigureAwait(false);
            return response.HttpStatusCode == HttpStatusCode.NotFound ? null : response;
        });

    // S3 does not return the owner's account, but confirms whether an expected owner is right.
    private async Task<string?> IsOwnedByAsync(string bucketName, string? account, CancellationToken cancellationToken)
    {
        if (account is null)
        {
            return null;
        }

        var answer = await AskAsync(
            "HeadBucket",
            bucketName,
            (s3, token) => s3.HeadBucketAsync(new HeadBucketRequest { BucketName = bucketName, ExpectedBucketOwner = account }, token),
            cancellationToken).ConfigureAwait(false);
        return answer.Value is null ? null : account;
    }
}
