using System.Text;
using LogDelivery.Policies;
using Xunit;

namespace LogDelivery.Tests.Policies;

public class PolicyDocumentTests
{
    private const string Text = """
        {
          "Version": "2012-10-17",
          "Id": "Protokolle für é",
          "Statement": [
            { "Sid": "First", "Effect": "Allow", "Principal": {"Service": ["a.amazonaws.com", "b.amazonaws.com"], "AWS": "111122223333"},
              "Action": ["s3:PutObject", "s3:GetBucketAcl"], "NotResource": "arn:aws:s3:::b" },
            {"Effect":"Deny","NotPrincipal":"*","NotAction":"s3:*","Resource":["*"]}
          ]
        }
        """;

    [Fact]
    public void A_document_is_kept_as_it_was_read()
    {
        foreach (var document in new[] { PolicyDocument.Parse(Text), PolicyDocument.Parse(Encoding.UTF8.GetBytes(Text)) })
        {
            Assert.Equal(Text, document.Text);
            Assert.Equal(Encoding.UTF8.GetByteCount(Text), document.SizeInBytes);
            Assert.Equal("Protokolle für é", document.Id);
            Assert.Equal(PolicyLanguageVersion.V2012, document.Version);
            Assert.Equal(PolicyKind.Any, document.Kind);
            Assert.Empty(document.Warnings);

            // The text of a statement is cut out by bytes, behind letters that have two.
            Assert.Equal("""{"Effect":"Deny","NotPrincipal":"*","NotAction":"s3:*","Resource":["*"]}""", document.GetStatementText(1));
        }
    }

    [Fact]
    public void Statements_hold_their_elements_as_spelled()
    {
        var (first, second) = (PolicyDocument.Parse(Text).Statements[0], PolicyDocument.Parse(Text).Statements[1]);
        Assert.Equal((0, "First", PolicyEffect.Allow), (first.Index, first.Sid, first.Effect));
        Assert.Equal(
            [new(PrincipalType.Service, "a.amazonaws.com"), new(PrincipalType.Service, "b.amazonaws.com"), new PrincipalEntry(PrincipalType.Aws, "111122223333")],
            first.Principal.Entries);
        Assert.Equal("Service a.amazonaws.com, Service b.amazonaws.com, AWS 111122223333", first.Principal.ToString());
        Assert.Equal("s3:PutObject, s3:GetBucketAcl", first.Action.ToString());
        Assert.Equal((false, false, true), (first.Principal.IsNegated, first.Action.IsNegated, first.Resource!.IsNegated));
        Assert.Equal("Statement[0] \"First\"", first.ToString());

        Assert.Equal((1, null, PolicyEffect.Deny), (second.Index, second.Sid, second.Effect));
        Assert.Equal((true, true, false), (second.Principal.IsNegated, second.Action.IsNegated, second.Resource!.IsNegated));
        Assert.Equal("*", second.Principal.ToString());
        Assert.Equal("Statement[1]", second.ToString());
        Assert.Equal("(nobody)", PolicyDocument.Parse("""{"Statement":{"Effect":"Deny","Principal":{},"Action":"*"}}""").Statements[0].Principal.ToString());
    }

    [Fact]
    public void A_statement_may_stand_without_a_list()
    {
        var document = PolicyDocument.Parse("""{"Statement": {"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"} }""");
        Assert.Equal("""{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}""", document.GetStatementText(Assert.Single(document.Statements).Index));
    }

    [Theory]
    [InlineData("arn:aws:s3:::b/k:1", "aws", "s3", "", "", "b/k:1")]
    [InlineData("arn:aws-us-gov:iam::111122223333:role/a", "aws-us-gov", "iam", "", "111122223333", "role/a")]
    [InlineData("arn:aws:s3:::", "aws", "s3", "", "", "")]
    public void An_arn_has_six_parts(string text, string partition, string service, string region, string account, string resource)
    {
        Assert.True(Arn.TryParse(text, out var arn));
        Assert.Equal(new Arn(partition, service, region, account, resource), arn);
        Assert.Equal(text, arn.ToString());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("ARN:aws:s3:::b")]
    [InlineData("arn:aws:s3::b")]
    [InlineData("arn::s3:::b")]
    [InlineData("arn:aws::::b")]
    [InlineData("111122223333")]
    public void What_has_not_is_no_arn(string? text) => Assert.False(Arn.TryParse(text, out _));

    [Theory]
    [InlineData("111122223333", true)]
    [InlineData("1111222233334", false)]
    [InlineData("11112222333", false)]
    [InlineData("11112222333a", false)]
    [InlineData("１１１１２２２２３３３３", false)]
    [InlineData(null, false)]
    public void An_account_id_has_twelve_digits(string? text, bool expected) => Assert.Equal(expected, Arn.IsAccountId(text));
}
