namespace LogDelivery.Logs.Shapes;

/// <summary>The content of a file, detected from its bytes alone.</summary>
internal enum LogShape
{
    /// <summary>An unsupported format; <see cref="ShapeDetection.Describe"/> describes it.</summary>
    Unknown,

    /// <summary>CloudTrail files: objects with an array <c>Records</c>, in whatever order of keys and layout.</summary>
    CloudTrail,

    /// <summary>JSON objects one after another (NDJSON), on lines or not, or in one array: CloudTrail records exported so, or others.</summary>
    JsonLines,

    /// <summary>Events as EventBridge wraps them: the record is the object in <c>detail</c>.</summary>
    EventBridge,

    /// <summary>S3 server access logs, one line per request.</summary>
    AccessLog,

    /// <summary>S3 access logs in CloudWatch Logs: JSON objects with names like <c>bucket_name</c> and <c>request_time</c>.</summary>
    AccessLogJson,

    /// <summary>Envelopes of a CloudWatch Logs subscription: <c>messageType</c>, <c>logEvents</c>.</summary>
    SubscriptionEnvelope,

    /// <summary>The output of CloudTrail's LookupEvents: each record is the text in <c>CloudTrailEvent</c>.</summary>
    LookupEvents,

    /// <summary>The output of FilterLogEvents and GetLogEvents of CloudWatch Logs, and of a query in the console: objects with a <c>message</c>.</summary>
    LogEvents,

    /// <summary>The output of GetQueryResults of CloudWatch Logs: each row is a list of <c>field</c> and <c>value</c>.</summary>
    QueryResults,

    /// <summary>JSON strings, each the text of a record: the output of <c>--query 'Events[].CloudTrailEvent'</c>.</summary>
    RecordStrings,

    /// <summary>A CSV export from the console of CloudWatch Logs Insights, with a column <c>@message</c>.</summary>
    QueryCsv,

    /// <summary>Lines of a time and a JSON object: the output of an export task of CloudWatch Logs and of <c>aws logs tail</c>.</summary>
    ExportLines,

    /// <summary>Messages of an SQS queue or an SNS topic: each record is the text in <c>Body</c> or <c>Message</c>.</summary>
    Messages,

    /// <summary>A CloudTrail digest file, which lists log files and holds no records.</summary>
    Digest,

    /// <summary>Lines of text of another kind.</summary>
    Text,
}
