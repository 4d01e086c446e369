using System.Runtime.CompilerServices;

namespace LogDelivery.Logs.AccessLogs;

/// <summary>
/// The fields after the User-Agent. S3 writes all of them, without quotes. Their number has grown over the years and
/// follows from the time of the line: 18 fields until 2019, then 23, 24 with the TLS version, 25 with the access point, 26
/// with aclRequired, 27 with the source Region. Source: S3 user guide, LogFormat, and its earlier editions.
/// </summary>
internal static class AccessLogTail
{
    public const int FewestFields = (int)AccessLogField.TlsVersion + 1;

    private const int FieldsUntil2019 = (int)AccessLogField.VersionId + 1;
    private const int FieldsIn2019 = (int)AccessLogField.HostHeader + 1;
    private const AccessLogField First = AccessLogField.VersionId;

    private static readonly long OldUntil = new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc).Ticks;

    /// <summary>Reads the fields from the blank behind the User-Agent to the end of the line.</summary>
    /// <returns>Whether they are valid; the result has their number, or the position and the problem.</returns>
    public static bool Read(ReadOnlySpan<byte> line, int start, ref AccessLogLine result)
    {
        result.FieldCount = (int)First;
        for (var next = start; next < line.Length; result.FieldCount++)
        {
            // What AWS adds some day is counted, not read.
            var field = (AccessLogField)result.FieldCount;
            var length = line[next] == (byte)' ' ? Length(line[(next + 1)..]) : 0;
            if (length == 0 || !IsValid(field, line.Slice(next + 1, length)))
            {
                result.Problem = field <= AccessLogField.SourceRegion ? $"Expected the field {field}." : "Expected a field behind a blank.";
                result.ProblemOffset = Math.Min(next + 1, line.Length);
                return false;
            }

            if (field <= AccessLogField.SourceRegion)
            {
                result.Set(field, next + 1, next + 1 + length);
            }

            next += length + 1;
        }

        if (result.FieldCount >= FewestFields || (result.Ticks < OldUntil && result.FieldCount is FieldsUntil2019 or FieldsIn2019))
        {
            result.Problem = null;
            return true;
        }

        result.Problem = $"The line ends here, after {result.FieldCount} fields; it was cut off.";
        result.ProblemOffset = line.Length;
        return false;
    }

    private static int Length(ReadOnlySpan<byte> rest)
    {
        var length = rest.IndexOf((byte)' ');
        return length < 0 ? rest.Length : length;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsValid(AccessLogField field, ReadOnlySpan<byte> text) => field switch
    {
        AccessLogField.SignatureVersion => AccessLogText.IsSignatureVersion(text),
        AccessLogField.AuthenticationType => AccessLogText.IsAuthenticationType(text),
        AccessLogField.TlsVersion => AccessLogText.IsTlsVersion(text),
        AccessLogField.AccessPointArn => AccessLogText.IsAccessPoint(text),
        AccessLogField.AclRequired => AccessLogText.IsAclRequired(text),
        AccessLogField.SourceRegion => AccessLogText.IsSourceRegion(text),
        _ => true,
    };
}
