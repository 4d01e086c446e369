using LogDelivery.Sandbox.State;
using LogDelivery.Sources;

namespace LogDelivery.Sandbox.Deliveries;

/// <summary>One attempt to write an object, as the bucket's owner can see it afterwards.</summary>
internal sealed record WriteAttempt(
    DateTimeOffset Time, string Principal, string AccountId, Bucket Bucket, string Key, int Size, bool SendsAcl, WriteRefusal? Failure);

/// <summary>Writes objects for a source: judges, stores, and leaves evidence of the attempt.</summary>
internal sealed class DeliveryWriter(SandboxState state, EvidenceRecorder evidence)
{
    public WriteRefusal? Write(DeliveryRoute route, string? callName, string key, Func<byte[]> content, string contentType, string? encoding = null, IReadOnlyList<KeyValuePair<string, string>>? metadata = null)
    {
        var failure = route.Judge(state, callName, key);
        if (!state.Buckets.TryGetValue(route.Template.BucketName, out var bucket))
        {
            return failure;
        }

        var body = failure is null ? content() : [];
        if (failure is null)
        {
            bucket.Objects.Put(new SandboxObject(key, body, state.Now, contentType)
            {
                ContentEncoding = encoding,
                Metadata = metadata ?? [],
                KmsKeyArn = route.KmsKeyArn,
            });
        }

        var principal = route.FindWrite(callName)?.Request.Principal.Id ?? route.Template.Source.Principal;
        evidence.Add(new(state.Now, principal, route.Template.AccountId, bucket, key, body.Length, SendsAcl(route.Template.Source), failure));
        return failure;
    }

    private static bool SendsAcl(DeliverySource source) => source.Principal is "cloudtrail.amazonaws.com" or "delivery.logs.amazonaws.com" or "config.amazonaws.com";
}
