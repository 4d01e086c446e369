using LogDelivery.Gateways;
using LogDelivery.Policies;
using LogDelivery.Sources;
using LogDelivery.Sources.Catalog;

namespace LogDelivery.Streams;

/// <summary>
/// The deliveries of a stream as the catalog of sources takes them: one for the prefix and, where it lies elsewhere, one for
/// the error prefix; and the calls of both, with keys as Firehose would write them in place of the catalog's samples.
/// </summary>
internal sealed class StreamDelivery
{
    private const string SampleUuid = "00000000-0000-0000-0000-000000000000";

    private readonly StreamPicture picture;
    private readonly StreamDestination destination;

    public StreamDelivery(StreamPicture picture, StreamDestination destination)
    {
        this.picture = picture;
        this.destination = destination;
        Prefix = KeyPrefixExpression.ForData(destination.Prefix);
        ErrorPrefix = KeyPrefixExpression.ForErrors(destination.ErrorOutputPrefix, destination.Prefix);
        Data = Make(Prefix.Literal);
        Errors = ErrorPrefix.Literal.StartsWith(Prefix.Literal, StringComparison.Ordinal) ? Data : Make(ErrorPrefix.Literal);
    }

    public KeyPrefixExpression Prefix { get; }

    public KeyPrefixExpression ErrorPrefix { get; }

    /// <summary>The delivery of what is processed.</summary>
    public Delivery Data { get; }

    /// <summary>The delivery of what could not be processed; the same where its prefix lies below the other.</summary>
    public Delivery Errors { get; }

    /// <summary>Both deliveries, or the one.</summary>
    public IReadOnlyList<Delivery> All => ReferenceEquals(Data, Errors) ? [Data] : [Data, Errors];

    /// <summary>The kinds of failure that this stream may set records aside for.</summary>
    public IReadOnlyList<string> ErrorOutputTypes =>
    [
        "processing-failed",
        .. destination.Decompresses ? ["decompression-failed"] : Array.Empty<string>(),
        .. destination.ConvertsFormat ? ["format-conversion-failed"] : Array.Empty<string>(),
    ];

    /// <summary>The calls on the bucket: those of the catalog for the data, and the write of each kind of failed record.</summary>
    public IReadOnlyList<RequiredCall> BucketCalls() =>
    [
        .. CallsOf(Data, PolicyTarget.Bucket).Select(c => WithKey(c, Prefix, "0")),
        .. ErrorOutputTypes.SelectMany(t => CallsOf(Errors, PolicyTarget.Bucket)
            .Where(c => c.Request.Action.Equals("s3:PutObject", StringComparison.OrdinalIgnoreCase))
            .Select(c => WithKey(c, ErrorPrefix, t) with { Name = ErrorCallName })),
    ];

    /// <summary>The calls on the KMS key.</summary>
    public IReadOnlyList<RequiredCall> KeyCalls() => [.. All.SelectMany(d => CallsOf(d, PolicyTarget.Key)).DistinctBy(c => (c.Request.Action, c.Request.Context["kms:EncryptionContext:aws:s3:arn"].ToString()))];

    /// <summary>What the write of a record that could not be processed is called.</summary>
    public const string ErrorCallName = "failed records";

    private static IEnumerable<RequiredCall> CallsOf(Delivery delivery, PolicyTarget target)
        => delivery.Source.GetRequiredCalls(delivery).Where(c => c.Target == target);

    private Delivery Make(string prefix) => new()
    {
        Source = Firehose.Source,
        BucketName = destination.BucketName,
        AccountId = picture.AccountId,
        Region = picture.Region,
        KeyPrefix = prefix,
        RoleArn = destination.RoleArn,
        KmsKeyArn = picture.Key.Value?.Arn ?? (Arn.TryParse(picture.KmsKeyId, out var arn) && arn.Resource.StartsWith("key/", StringComparison.Ordinal) ? picture.KmsKeyId : null),
        OrganizationId = picture.OrganizationId,
        Bucket = picture.BucketSettings with { KeyState = picture.Key.Value?.State },
        Time = picture.Time,
    };

    private RequiredCall WithKey(RequiredCall call, KeyPrefixExpression prefix, string type)
    {
        var request = call.Request;
        if (!request.Resource.Contains('/', StringComparison.Ordinal))
        {
            return call;
        }

        var stamp = TimeZones.ToLocal(picture.Time, destination.TimeZone).ToString("yyyy-MM-dd-HH-mm-ss", System.Globalization.CultureInfo.InvariantCulture);
        var version = picture.Stream.Value?.VersionId ?? "1";
        var key = $"{prefix.Evaluate(picture.Time, destination.TimeZone, type)}{picture.StreamName}-{version}-{stamp}-{SampleUuid}{destination.FileExtension}";
        return call with { Request = new(request.Principal, request.Action, $"{call.Delivery.BucketArn}/{key}", request.Context) };
    }
}
