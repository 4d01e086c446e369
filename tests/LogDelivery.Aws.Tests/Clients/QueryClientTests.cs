using LogDelivery.Aws.Services;
using LogDelivery.Aws.Tests.Support;
using Xunit;

namespace LogDelivery.Aws.Tests.Clients;

public sealed class QueryClientTests
{
    [Fact]
    public async Task A_call_is_a_signed_form()
    {
        using var aws = new FakeAws(_ => Answer.Xml(Given.Identity()));
        using var session = await Given.SessionAsync(aws);
        var identity = await session.Account.GetIdentityAsync(TestContext.Current.CancellationToken);

        Assert.Equal("111122223333", identity.AccountId);
        Assert.Equal("arn:aws:iam::111122223333:user/alice", identity.Arn);
        Assert.Equal("Action=GetCallerIdentity&Version=2011-06-15", aws.Single.Text);
        Assert.StartsWith("application/x-www-form-urlencoded", aws.Single.Header("Content-Type"), StringComparison.Ordinal);
        Signature.Check(aws.Single, Given.AccessKey, Given.SecretKey, Given.Region, "sts");
    }

    [Fact]
    public async Task Values_are_escaped_and_come_back_as_they_were()
    {
        using var aws = new FakeAws(_ => Answer.Xml(Given.Role()));
        using var session = await Given.SessionAsync(aws);
        var input = new AssumeRoleInput("arn:aws:iam::111122223333:role/a b", "s+1&x=ä") { ExternalId = "100% / ok" };
        await session.Clients.CallAsync(StsOperations.AssumeRole, Given.Region, input, TestContext.Current.CancellationToken);

        Assert.Equal("arn:aws:iam::111122223333:role/a b", aws.Single.Form["RoleArn"]);
        Assert.Equal("s+1&x=ä", aws.Single.Form["RoleSessionName"]);
        Assert.Equal("100% / ok", aws.Single.Form["ExternalId"]);
        Assert.DoesNotContain("DurationSeconds", aws.Single.Form.Keys);
        Signature.Check(aws.Single, Given.AccessKey, Given.SecretKey, Given.Region, "sts");
    }

    [Fact]
    public async Task A_map_of_attributes_is_read()
    {
        using var aws = new FakeAws(_ => Answer.Xml("""
            <GetTopicAttributesResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><GetTopicAttributesResult><Attributes>
              <entry><key>Policy</key><value>{&quot;Version&quot;:&quot;2012-10-17&quot;}</value></entry>
              <entry><key>Owner</key><value>111122223333</value></entry>
            </Attributes></GetTopicAttributesResult></GetTopicAttributesResponse>
            """));
        using var session = await Given.SessionAsync(aws);
        var policy = await session.Topics.GetPolicyAsync("arn:aws:sns:ap-south-1:111122223333:audit", TestContext.Current.CancellationToken);

        Assert.Equal("""{"Version":"2012-10-17"}""", policy.Value);
        Signature.Check(aws.Single, Given.AccessKey, Given.SecretKey, "ap-south-1", "sns");
    }

    [Fact]
    public async Task EC2_answers_without_a_wrapper_and_lists_items()
    {
        using var aws = new FakeAws(_ => Answer.Xml("""
            <DescribeRegionsResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/"><requestId>r-1</requestId><regionInfo>
              <item><regionName>us-east-1</regionName><optInStatus>opt-in-not-required</optInStatus></item>
              <item><regionName>me-south-1</regionName><optInStatus>not-opted-in</optInStatus></item>
              <item><regionName>af-south-1</regionName><optInStatus>opted-in</optInStatus></item>
            </regionInfo></DescribeRegionsResponse>
            """));
        using var session = await Given.SessionAsync(aws);
        Assert.Equal(["af-south-1", "us-east-1"], await session.Account.GetEnabledRegionsAsync(TestContext.Current.CancellationToken));
        Assert.Equal("false", aws.Single.Form["AllRegions"]);
    }

    [Fact]
    public async Task IAM_policies_are_decoded_and_paged()
    {
        using var aws = new FakeAws(r => Answer.Xml(r.Form["Action"] switch
        {
            "GetRole" => "<GetRoleResponse><GetRoleResult><Role><Arn>arn:aws:iam::111122223333:role/service/ct</Arn><AssumeRolePolicyDocument>%7B%22Version%22%3A%222012-10-17%22%7D</AssumeRolePolicyDocument></Role></GetRoleResult></GetRoleResponse>",
            "GetRolePolicy" => $"<GetRolePolicyResponse><GetRolePolicyResult><PolicyDocument>%7B%22Id%22%3A%22{r.Form["PolicyName"]}%22%7D</PolicyDocument></GetRolePolicyResult></GetRolePolicyResponse>",
            "ListAttachedRolePolicies" => "<ListAttachedRolePoliciesResponse><ListAttachedRolePoliciesResult><AttachedPolicies><member><PolicyName>third</PolicyName><PolicyArn>arn:aws:iam::aws:policy/third</PolicyArn></member></AttachedPolicies><IsTruncated>false</IsTruncated></ListAttachedRolePoliciesResult></ListAttachedRolePoliciesResponse>",
            "GetPolicy" => "<GetPolicyResponse><GetPolicyResult><Policy><DefaultVersionId>v7</DefaultVersionId></Policy></GetPolicyResult></GetPolicyResponse>",
            "GetPolicyVersion" => $"<GetPolicyVersionResponse><GetPolicyVersionResult><PolicyVersion><Document>%7B%22Id%22%3A%22{r.Form["VersionId"]}%22%7D</Document></PolicyVersion></GetPolicyVersionResult></GetPolicyVersionResponse>",
            _ when r.Form.ContainsKey("Marker") => "<ListRolePoliciesResponse><ListRolePoliciesResult><PolicyNames><member>second</member></PolicyNames><IsTruncated>false</IsTruncated></ListRolePoliciesResult></ListRolePoliciesResponse>",
            _ => "<ListRolePoliciesResponse><ListRolePoliciesResult><PolicyNames><member>first</member></PolicyNames><IsTruncated>true</IsTruncated><Marker>m</Marker></ListRolePoliciesResult></ListRolePoliciesResponse>",
        }));
        using var session = await Given.SessionAsync(aws);
        var role = await session.Roles.FindAsync("arn:aws:iam::111122223333:role/service/ct", TestContext.Current.CancellationToken);

        Assert.Equal("""{"Version":"2012-10-17"}""", role.Value!.TrustPolicy);
        Assert.Equal(["first", "second"], role.Value.InlinePolicies.Keys);
        Assert.Equal("""{"Id":"second"}""", role.Value.InlinePolicies["second"]);
        Assert.Equal("""{"Id":"v7"}""", role.Value.AttachedPolicies.Value!["arn:aws:iam::aws:policy/third"]);
        Assert.True(role.Value.PermissionsBoundary.IsMissing);
        Assert.All(aws.Requests.Where(r => !r.Form.ContainsKey("PolicyArn")), r => Assert.Equal("ct", r.Form["RoleName"]));
        Signature.Check(aws.Requests[0], Given.AccessKey, Given.SecretKey, "us-east-1", "iam");
    }
}
