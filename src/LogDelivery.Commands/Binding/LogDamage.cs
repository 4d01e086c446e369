using System.Management.Automation;
using LogDelivery.Logs.Files;

namespace LogDelivery.Commands;

/// <summary>What a shell says of damage: the category of the error, and what to do.</summary>
internal static class LogDamage
{
    public static ErrorCategory CategoryOf(DamageKind kind) => kind switch
    {
        DamageKind.NotFound => ErrorCategory.ObjectNotFound,
        DamageKind.NoPermission => ErrorCategory.PermissionDenied,
        DamageKind.Unreadable => ErrorCategory.ReadError,
        DamageKind.RecordTooLarge => ErrorCategory.LimitsExceeded,
        DamageKind.NotALog or DamageKind.Empty => ErrorCategory.InvalidType,
        _ => ErrorCategory.InvalidData,
    };

    public static string ActionOf(DamageKind kind) => kind switch
    {
        DamageKind.NotFound => "Check the path.",
        DamageKind.NoPermission => "Run with an identity that may read it.",
        DamageKind.Unreadable => "Check the disk or the connection, and read the file again.",
        DamageKind.Empty => "Download the file again; AWS delivers no empty log files.",
        DamageKind.Truncated or DamageKind.Corrupt or DamageKind.TrailingBytes => "Download the file again. What stands before the damage was read.",
        DamageKind.NotALog => "Leave the file out, or take the records out of it; CloudTrail files, S3 server access logs and what APIs give of them as JSON are read.",
        _ => "Download the file again. Everything else in it was read.",
    };
}
