using System.Text;

namespace LogDelivery.Tests.Policies;

/// <summary>Damages valid policies: bytes, stretches, tokens.</summary>
internal static class PolicyMutator
{
    /// <summary>Valid policies that between them use the whole language.</summary>
    public static readonly string[] Corpus =
    [
        """
        {"Version":"2012-10-17","Id":"trail","Statement":[
          {"Sid":"Acl","Effect":"Allow","Principal":{"Service":"cloudtrail.amazonaws.com"},"Action":"s3:GetBucketAcl","Resource":"arn:aws:s3:::trail-logs",
           "Condition":{"StringEquals":{"aws:SourceArn":"arn:aws:cloudtrail:us-east-1:111122223333:trail/main"}}},
          {"Sid":"Write","Effect":"Allow","Principal":{"Service":["cloudtrail.amazonaws.com"]},"Action":["s3:PutObject"],"Resource":["arn:aws:s3:::trail-logs/AWSLogs/111122223333/*"],
           "Condition":{"StringEquals":{"s3:x-amz-acl":"bucket-owner-full-control"},"ArnLike":{"AWS:SourceArn":["arn:aws:cloudtrail:*:111122223333:trail/*"]}}}]}
        """,
        """
        {"Version":"2012-10-17","Statement":{"Effect":"Deny","Principal":"*","Action":"s3:*","NotResource":"arn:aws:s3:::public/*","Condition":{"Bool":{"aws:SecureTransport":false},"NumericLessThan":{"s3:TlsVersion":1.2}}}}
        """,
        """
        {"Statement":[{"Effect":"Deny","NotPrincipal":{"AWS":["111122223333","arn:aws:iam::444455556666:root"],"Service":"config.amazonaws.com"},"NotAction":["s3:Get*","s3:List?ucket"],"Resource":"*"}],"Version":"2008-10-17"}
        """,
        """
        {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"*","Federated":"accounts.example.com","CanonicalUser":"79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be"},
          "Action":"*","Resource":["arn:aws:s3:::b/${aws:PrincipalTag/team, 'none'}/*","arn:aws-cn:s3:::b"],
          "Condition":{"ForAnyValue:StringLikeIfExists":{"aws:TagKeys":["a*","${*}"]},"ForAllValues:StringNotEqualsIgnoreCase":{"aws:PrincipalServiceNamesList":"x"},
          "NotIpAddress":{"aws:SourceIp":["203.0.113.0/24","2001:db8::/32","198.51.100.7"]},"DateGreaterThanEquals":{"aws:CurrentTime":["2026-01-31T00:00:00Z","2026-01",1769817600]},
          "Null":{"aws:SourceVpce":"true"},"BinaryEquals":{"example:Digest":"QmluYXJ5"},"NumericNotEqualsIfExists":{"s3:max-keys":["10","-1.5e2"]}}}]}
        """,
        """
        {"Version":"2012-10-17","Id":"key","Statement":[
          {"Sid":"Root","Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:root"},"Action":"kms:*","Resource":"*"},
          {"Sid":"Trail","Effect":"Allow","Principal":{"Service":"cloudtrail.amazonaws.com"},"Action":["kms:GenerateDataKey*","kms:DescribeKey"],"Resource":"*",
           "Condition":{"StringLike":{"kms:EncryptionContext:aws:cloudtrail:arn":"arn:aws:cloudtrail:*:111122223333:trail/*"},"BoolIfExists":{"kms:GrantIsForAWSResource":"${aws:PrincipalIsAWSService}"}}}]}
        """,
        """{"Version":"2012-10-17","Statement":[]}""",
    ];

    // What a token may be replaced with: names and texts of the language, near misses of them, and JSON's other values.
    private static readonly string[] Tokens =
    [
        "\"Version\"", "\"Id\"", "\"Statement\"", "\"Sid\"", "\"Effect\"", "\"Principal\"", "\"NotPrincipal\"", "\"Action\"", "\"NotAction\"", "\"Resource\"",
        "\"NotResource\"", "\"Condition\"", "\"Allow\"", "\"Deny\"", "\"allow\"", "\"*\"", "\"\"", "\"AWS\"", "\"Service\"", "\"Federated\"", "\"CanonicalUser\"", "\"Aws\"",
        "\"2012-10-17\"", "\"2008-10-17\"", "\"2012-10-18\"", "\"s3:PutObject\"", "\"s3:*\"", "\"kms:*\"", "\"kms:Decrypt\"", "\"sns:Publish\"", "\"s3=PutObject\"", "\"s3:\"",
        "\"StringEquals\"", "\"stringlike\"", "\"StringEqual\"", "\"ForAnyValue:ArnLike\"", "\"ForAllValues:Null\"", "\"NullIfExists\"", "\"Null\"", "\"IpAddress\"", "\"BoolIfExists\"",
        "\"DateEquals\"", "\"NumericEquals\"", "\"BinaryEquals\"", "\"true\"", "\"TRUE\"", "\" true\"", "\"10\"", "\" 10\"", "\"1e999\"", "\"0x10\"", "\"2026-02-30\"", "\"2026-1-1\"", "\"99999999999\"",
        "\"203.0.113.0/33\"", "\"203.0.113.0/024\"", "\"010.0.0.1\"", "\"::ffff:1.2.3.4/96\"", "\"1.2.3\"", "\"QQ=\"", "\"Q Q==\"", "\"QR==\"", "\"111122223333\"", "\"11112222333\"", "\"AIDAEXAMPLEID12345678\"",
        "\"arn:aws:iam::111122223333:role/*\"", "\"arn:aws:iam::111122223333:role/a\"", "\"ali*\"", "\"arn:aws:s3:::b/k\"", "\"arn:aws:s3:b\"", "\"arn:aws:s3:*\"", "\"arn:aws:sns:us-east-1:111122223333:t\"",
        "\"${aws:username}\"", "\"${\"", "\"$\"", "\"aws:SourceArn\"", "\"SourceArn\"", "\"\\ud83d\"", "\"\\ud83d\\udcc4\"", "\"\\u0041llow\"", "\"\\u0000\"", "\"\\uffff\"", "null", "true", "false",
        "0", "-0", "1.5", "1e999", "12345678901234567890", "{}", "[]", "[[]]", "[{}]", "{\"a:b\":[]}", "{\"a:b\":1}", "[null]",
    ];

    /// <summary>A damaged policy. The same seed gives the same one.</summary>
    public static byte[] Mutate(int seed)
    {
        var random = new Random(seed);
        var bytes = Encoding.UTF8.GetBytes(Corpus[random.Next(Corpus.Length)]).ToList();
        for (var count = random.Next(1, 4); count > 0 && bytes.Count > 0; count--)
        {
            // Damage to tokens leaves more documents that can still be read.
            switch (random.Next(12))
            {
                case 0:
                    bytes[random.Next(bytes.Count)] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    bytes[random.Next(bytes.Count)] = (byte)random.Next(256);
                    break;
                case 2:
                    bytes.RemoveRange(Stretch(random, bytes.Count, out var removed), removed);
                    break;
                case 3:
                    var start = Stretch(random, bytes.Count, out var copied);
                    bytes.InsertRange(random.Next(bytes.Count), bytes.GetRange(start, copied));
                    break;
                case 4:
                    var other = Encoding.UTF8.GetBytes(Corpus[random.Next(Corpus.Length)]);
                    var from = Stretch(random, other.Length, out var spliced);
                    bytes.InsertRange(random.Next(bytes.Count), other[from..(from + spliced)]);
                    break;
                case 5:
                    bytes.Insert(random.Next(bytes.Count), (byte)"{}[]:,\"\\ \n/*<"[random.Next(13)]);
                    break;
                case 6:
                    bytes.RemoveRange(random.Next(bytes.Count), 1);
                    break;
                case 7 when random.Next(20) == 0:
                    // Over the size limits, by white space.
                    bytes.AddRange(Enumerable.Repeat((byte)' ', random.Next(2) == 0 ? 20_480 : 32_768));
                    break;
                case < 10:
                    ReplaceToken(random, bytes, _ => Tokens[random.Next(Tokens.Length)]);
                    break;
                default:
                    // A token from elsewhere in the document.
                    ReplaceToken(random, bytes, t => t[random.Next(t.Count)]);
                    break;
            }
        }

        return [.. bytes];
    }

    private static int Stretch(Random random, int length, out int size)
    {
        size = Math.Min(random.Next(1, 1 << random.Next(1, 10)), length);
        return random.Next(length - size + 1);
    }

    private static void ReplaceToken(Random random, List<byte> bytes, Func<List<string>, string> choose)
    {
        var text = Encoding.Latin1.GetString([.. bytes]);
        var places = new List<(int Start, int End)>();
        for (var start = text.IndexOf('"', StringComparison.Ordinal); start >= 0;)
        {
            var end = text.IndexOf('"', start + 1);
            if (end < 0)
            {
                break;
            }

            places.Add((start, end + 1));
            start = text.IndexOf('"', end + 1);
        }

        if (places.Count > 0)
        {
            var place = places[random.Next(places.Count)];
            var token = choose([.. places.Select(p => text[p.Start..p.End])]);
            bytes.RemoveRange(place.Start, place.End - place.Start);
            bytes.InsertRange(place.Start, Encoding.Latin1.GetBytes(token));
        }
    }
}
