using LogDelivery.Gateways;
using LogDelivery.Policies;
using LogDelivery.Sources;
using LogDelivery.Streams;
using Xunit;

namespace LogDelivery.Tests.Streams;

/// <summary>The policies that are written for a chain make every link of it work, and allow nothing beside it.</summary>
public sealed class StreamDesignTests
{
    private static readonly StreamDesign Design = new()
    {
        DeliveryStreamName = StreamChain.StreamName,
        AccountId = StreamChain.Account,
        Region = StreamChain.Region,
        BucketName = StreamChain.BucketName,
        Prefix = "consolelogin/!{timestamp:yyyy}/",
        ErrorOutputPrefix = "errors/!{firehose:error-output-type}/",
        KmsKeyArn = StreamChain.KeyArn,
        RoleArn = StreamChain.StreamRole,
        SubscriptionRoleArn = StreamChain.SubscriptionRole,
        ErrorLogGroupName = StreamChain.ErrorGroup,
    };

    [Theory]
    [InlineData(true, StreamChain.Account)]
    [InlineData(false, StreamChain.Account)]
    [InlineData(true, "444455556666")]
    public void A_chain_with_these_policies_works(bool bucketKey, string bucketAccount)
    {
        var policies = (Design with { BucketAccountId = bucketAccount }).CreatePolicies().ToDictionary(p => p.Name, p => p.Document);
        var chain = new StreamChain
        {
            SubscriptionTrust = policies["SubscriptionTrust"],
            SubscriptionPolicy = policies["SubscriptionRole"],
            StreamTrust = policies["StreamTrust"],
            BucketPolicy = policies.GetValueOrDefault("Bucket"),
        };
        chain.Settings = chain.Settings with { BucketKeyEnabled = bucketKey, AccountId = bucketAccount };
        chain.Destination = chain.Destination with { Prefix = Design.Prefix, ErrorOutputPrefix = Design.ErrorOutputPrefix };
        chain.Changes.Add(p => p with { Role = Readable.Found(new RoleDescription(StreamChain.StreamRole, policies["StreamTrust"], new Dictionary<string, string> { ["own"] = policies["StreamRole"] })) });
        Assert.DoesNotContain(chain.Test(), r => r.StateValue == StreamLinkState.Broken);
        Assert.Equal(bucketAccount != StreamChain.Account, policies.ContainsKey("Bucket"));

        // Alone, the key's statement does what the root's delegation does with the role's policy.
        chain.KeyPolicy = policies["Key"];
        Assert.DoesNotContain(chain.Test(), r => r.StateValue == StreamLinkState.Broken);
    }

    [Fact]
    public void A_role_is_allowed_nothing_beside_its_chain()
    {
        var role = PolicyDocument.Parse(Design.CreatePolicies().Single(p => p.Name == "StreamRole").Document, PolicyKind.Identity);
        foreach (var (action, resource) in new[]
        {
            ("s3:PutObject", $"arn:aws:s3:::{StreamChain.BucketName}/other/key"),
            ("s3:PutObject", "arn:aws:s3:::amzn-s3-demo-other/consolelogin/key"),
            ("s3:DeleteObject", $"arn:aws:s3:::{StreamChain.BucketName}/consolelogin/key"),
            ("kms:GenerateDataKey", StreamChain.KeyArn),
            ("logs:PutLogEvents", $"arn:aws:logs:{StreamChain.Region}:{StreamChain.Account}:log-group:other:log-stream:x"),
        })
        {
            Assert.Equal(Verdict.ImplicitDeny, role.Evaluate(new(RequestPrincipal.Aws(StreamChain.StreamRole), action, resource)).Verdict);
        }
    }

    [Theory]
    [InlineData("!{timestamp:yyyy}/", null, "ErrorOutputPrefix")]
    [InlineData("!{timestamp:yyyy", "x/", "Prefix")]
    [InlineData("a/", "errors/!{timestamp:yyyy}/", "ErrorOutputPrefix")]
    public void A_prefix_that_Firehose_refuses_is_refused(string prefix, string? errorPrefix, string parameter)
        => Assert.Equal(parameter, Assert.Throws<InvalidDeliveryException>(() => (Design with { Prefix = prefix, ErrorOutputPrefix = errorPrefix }).CreatePolicies()).ParamName);

    [Fact]
    public void A_key_by_its_alias_is_refused()
        => Assert.Throws<InvalidDeliveryException>(() => (Design with { KmsKeyArn = "arn:aws:kms:us-east-1:111122223333:alias/logs" }).CreatePolicies());
}
