using System.Text;

namespace LogDelivery.Policies;

/// <summary>Checks the text of an action.</summary>
internal static class ActionText
{
    /// <summary>Finds the problem with an action in a policy of this kind; null when it is valid.</summary>
    public static string? Problem(string text, PolicyKind kind)
    {
        if (text == "*")
        {
            return null;
        }

        var colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon <= 0
            || text.AsSpan(0, colon).ContainsAnyExcept(Characters.ServicePrefix)
            || colon == text.Length - 1
            || text.AsSpan(colon + 1).ContainsAnyExcept(Characters.ActionPattern))
        {
            return $"\"{text}\" is no action; actions are written service:Name, such as s3:PutObject or kms:GenerateDataKey*.";
        }

        var service = text[..colon];
        var expected = kind switch
        {
            PolicyKind.Bucket => "s3",
            PolicyKind.Key => "kms",
            PolicyKind.Trust => "sts",
            _ => service,
        };
        if (service.Equals(expected, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        return (kind, service.ToLowerInvariant()) switch
        {
            (PolicyKind.Bucket, "kms") => $"\"{text}\" does not belong in a bucket policy (S3: Policy has invalid action). Put the statement into the policy of the KMS key.",
            (PolicyKind.Key, "s3") => $"\"{text}\" does not belong in a key policy. Put the statement into the policy of the bucket.",
            (PolicyKind.Trust, _) => $"\"{text}\" does not belong in a trust policy (AssumeRole policy may only specify STS AssumeRole actions). Put it into a policy of the role.",
            _ => $"\"{text}\" does not belong in a {(kind == PolicyKind.Bucket ? "bucket" : "key")} policy, which takes {expected}: actions only.",
        };
    }
}

/// <summary>Checks the text of a resource.</summary>
internal static class ResourceText
{
    /// <summary>Finds the problem with a resource in a policy of this kind; null when it is valid.</summary>
    public static string? Problem(string text, PolicyKind kind)
    {
        if (text.Length == 0)
        {
            return "The resource is empty.";
        }

        if (kind == PolicyKind.Identity && text != "*" && !text.StartsWith("arn:", StringComparison.Ordinal) && !text.StartsWith("${", StringComparison.Ordinal) && text[0] is not ('*' or '?'))
        {
            return $"\"{text}\" is no resource of a role's or user's policy: resources are ARNs or \"*\" (Resource must be in ARN format or \"*\").";
        }

        // In key policies "*" means the key itself; a variable may have any value.
        if (kind != PolicyKind.Bucket || text == "*" || text.StartsWith("${", StringComparison.Ordinal))
        {
            return null;
        }

        if (!text.StartsWith("arn:", StringComparison.Ordinal))
        {
            return $"\"{text}\" is no resource of a bucket policy (S3: Policy has invalid resource). Write arn:aws:s3:::BUCKET or arn:aws:s3:::BUCKET/KEY.";
        }

        var parts = text.Split(':', Arn.PartCount);
        if (parts.Length < Arn.PartCount)
        {
            return text.AsSpan().ContainsAny('*', '?', '$')
                ? null
                : $"\"{text}\" has too few parts for an ARN (S3: Policy has invalid resource). Write arn:aws:s3:::BUCKET or arn:aws:s3:::BUCKET/KEY.";
        }

        return parts[2].AsSpan().ContainsAny('*', '?') || parts[2] == "s3"
            ? null
            : $"\"{text}\" is no resource of a bucket policy (S3: Policy has invalid resource): it belongs to the service \"{parts[2]}\".";
    }
}

/// <summary>Checks the text of a principal.</summary>
internal static class PrincipalText
{
    /// <summary>Finds the problem with a principal of this type; null when it is valid.</summary>
    public static (PolicyProblemSeverity Severity, string Message)? Problem(PrincipalType type, string text, PolicyKind kind)
    {
        if (text.Length == 0)
        {
            return (PolicyProblemSeverity.Error, "The principal is empty.");
        }

        if (type != PrincipalType.Aws || text == "*")
        {
            return null;
        }

        var isArn = Arn.TryParse(text, out _);
        if (isArn && text.AsSpan().ContainsAny('*', '?'))
        {
            var severity = kind == PolicyKind.Any ? PolicyProblemSeverity.Warning : PolicyProblemSeverity.Error;
            return (severity, $"\"{text}\": a principal's ARN takes no wildcard (Invalid principal in policy). Use \"*\" with a condition on aws:PrincipalArn.");
        }

        if (isArn || Arn.IsAccountId(text))
        {
            return null;
        }

        // What AWS shows in place of a user or role that was deleted.
        var isUniqueId = text.Length >= 16 && text[0] == 'A' && !text.AsSpan().ContainsAnyExcept(Characters.UniqueId);
        return isUniqueId
            ? (PolicyProblemSeverity.Warning, $"\"{text}\" is the id of a deleted user or role; it matches nobody any more.")
            : (PolicyProblemSeverity.Error, $"\"{text}\" is neither an account id nor an ARN (Invalid principal in policy). Services go under \"Service\".");
    }
}

/// <summary>Recognizes texts that are clearly not a policy, to report them in the user's terms.</summary>
internal static class NotPolicyText
{
    public static string? Recognise(ReadOnlySpan<byte> utf8)
    {
        if (utf8.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]))
        {
            return "The document begins with a byte order mark, which AWS refuses. Save it as UTF-8 without one (Set-Content -Encoding utf8NoBOM).";
        }

        if (utf8.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) || utf8.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]) || (utf8.Length > 1 && (utf8[0] == 0 || utf8[1] == 0)))
        {
            return "The document is UTF-16. Save it as UTF-8 without a byte order mark (Set-Content -Encoding utf8NoBOM).";
        }

        var text = utf8.TrimStart(" \t\r\n"u8);
        if (text.IsEmpty)
        {
            return "The document is empty. A bucket without a policy is written {\"Version\":\"2012-10-17\",\"Statement\":[]}.";
        }

        return text[0] == (byte)'<' ? DescribeMarkup(Encoding.UTF8.GetString(text)) : null;
    }

    private static string DescribeMarkup(string text)
    {
        var code = Between(text, "<Code>", "</Code>");
        return code switch
        {
            null => "The document is XML or HTML, not a policy.",
            "NoSuchBucketPolicy" => "This is S3's error NoSuchBucketPolicy, not a policy: the bucket has none. To test that state, pass {\"Version\":\"2012-10-17\",\"Statement\":[]}.",
            "NoSuchBucket" => "This is S3's error NoSuchBucket, not a policy: the bucket does not exist.",
            _ => $"This is S3's error {code}, not a policy. Get-S3BucketPolicy hands out the error text when the call fails.",
        };
    }

    private static string? Between(string text, string open, string close)
    {
        var start = text.IndexOf(open, StringComparison.Ordinal);
        if (start < 0)
        {
            return null;
        }

        start += open.Length;
        var end = text.IndexOf(close, start, StringComparison.Ordinal);
        return end < 0 || end - start > 64 ? null : text[start..end];
    }
}

/// <summary>The end of a JSON reader's message that users do not need.</summary>
internal static class JsonMessage
{
    public static string Shorten(string message)
    {
        var details = message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return details < 0 ? message : message[..details];
    }
}

/// <summary>Finds the name that was probably meant.</summary>
internal static class Nearest
{
    public static string Hint(string name, IEnumerable<string> known)
    {
        var best = known.MinBy(k => Distance(name, k));
        return best is not null && Distance(name, best) is var distance && distance < name.Length && distance <= Math.Max(2, name.Length / 4) ? $" Did you mean \"{best}\"?" : string.Empty;
    }

    private static int Distance(string left, string right)
    {
        if (left.Length > 64)
        {
            return int.MaxValue;
        }

        var previous = Enumerable.Range(0, right.Length + 1).ToArray();
        foreach (var a in left)
        {
            var current = new int[right.Length + 1];
            current[0] = previous[0] + 1;
            for (var j = 0; j < right.Length; j++)
            {
                var change = char.ToUpperInvariant(a) == char.ToUpperInvariant(right[j]) ? 0 : 1;
                current[j + 1] = Math.Min(Math.Min(current[j], previous[j + 1]) + 1, previous[j] + change);
            }

            previous = current;
        }

        return previous[^1];
    }
}
