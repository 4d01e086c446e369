namespace LogDelivery.Sandbox.Http;

/// <summary>The signature data of a request (Signature Version 4), from the header or from a presigned URL.</summary>
internal sealed record SignatureHeader(
    string AccessKeyId, string Date, string Region, string Service, string SignedHeaders, string Signature, bool IsPresigned)
{
    private const string Algorithm = "AWS4-HMAC-SHA256";

    public string Scope => $"{Date}/{Region}/{Service}/aws4_request";

    public static SignatureHeader? Parse(string? authorization, IReadOnlyList<KeyValuePair<string, string>> query)
    {
        if (authorization is not null && authorization.StartsWith(Algorithm, StringComparison.Ordinal))
        {
            string? credential = null, headers = null, signature = null;
            foreach (var part in authorization[Algorithm.Length..].Split(',', StringSplitOptions.TrimEntries))
            {
                var equals = part.IndexOf('=', StringComparison.Ordinal);
                if (equals < 0)
                {
                    continue;
                }

                var value = part[(equals + 1)..];
                switch (part[..equals])
                {
                    case "Credential":
                        credential = value;
                        break;
                    case "SignedHeaders":
                        headers = value;
                        break;
                    case "Signature":
                        signature = value;
                        break;
                }
            }

            return Of(credential, headers, signature, isPresigned: false);
        }

        string? Value(string name) => query.FirstOrDefault(p => p.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value;
        return query.Count > 0 && Value("X-Amz-Algorithm") == Algorithm
            ? Of(Value("X-Amz-Credential"), Value("X-Amz-SignedHeaders"), Value("X-Amz-Signature"), isPresigned: true)
            : null;
    }

    // An access key may hold slashes nowhere, so the last four parts are the scope.
    private static SignatureHeader? Of(string? credential, string? headers, string? signature, bool isPresigned)
        => credential?.Split('/') is [var key, var date, var region, var service, "aws4_request"]
            ? new(key, date, region, service, headers ?? string.Empty, signature ?? string.Empty, isPresigned)
            : null;
}
