using LogDelivery.Patterns;
using Xunit;

namespace LogDelivery.Tests.Patterns;

/// <summary>The raw filter concludes what it may from the texts that an event must hold, and nothing else.</summary>
public sealed class RawFilterTests
{
    [Theory]
    [InlineData("{ $.errorCode = \"AccessDenied\" }", "AccessDenied")]
    [InlineData("{ $.errorCode = \"AccessDenied*\" && $.eventName = PutObject }", "AccessDenied & PutObject")]
    [InlineData("{ $.errorCode = \"*UnauthorizedOperation\" || $.errorCode = \"AccessDenied*\" }", "UnauthorizedOperation | AccessDenied")]
    [InlineData("{ $.additionalEventData.bytesTransferredOut > 1000 }", "bytesTransferredOut")]
    [InlineData("{ $.vpcEndpointId NOT EXISTS }", "")]
    [InlineData("{ $.eventName != \"PutObject\" }", "")]
    [InlineData("{ $.errorCode != \"AccessDenied\" }", "errorCode")]
    [InlineData("{ $.errorCode = 404 }", "errorCode")]
    [InlineData("{ $.errorCode = \"AccessDenied\" || $.a NOT EXISTS }", "")]
    [InlineData("{ $.arn = \"arn:aws:iam::111122223333:role/x\" }", "arn:aws:iam::111122223333:role")]
    [InlineData("{ $.userAgent = %^aws-cli.[0-9]+ Python% }", "aws-cli")]
    [InlineData("{ $.userAgent = %aws|cli% }", "")]
    [InlineData("[ip, status = 4*, request = *.html*]", ".html")]
    [InlineData("[w1 = ERROR || w1 = WARN, w2]", "ERROR | WARN")]
    [InlineData("[w1 != ERROR, w2]", "")]
    public void IsDerivedFromWhatMustStandThere(string pattern, string expected)
    {
        var raw = FilterPattern.Parse(pattern).Body switch { JsonPattern json => json.Raw, DelimitedPattern fields => fields.Raw, _ => throw new InvalidOperationException() };
        Assert.Equal(expected, string.Join(" & ", raw.Clauses.Select(clause => string.Join(" | ", clause))));
    }

    [Theory]
    [InlineData("""{"errorCode":"AccessDenied"}""", true)]
    [InlineData("""{"errorCode":"\u0041ccessDenied"}""", true)]
    [InlineData("""{"errorCode":"Access\u0044enied"}""", true)]
    [InlineData("""{"\u0065rrorCode":"AccessDenied"}""", true)]
    [InlineData("""{"errorCode":"Other","note":"AccessDenied"}""", true)]
    [InlineData("""{"errorCode":"Other","note":"a\"b\\c"}""", false)]
    [InlineData("""{"errorCode":"Other","note":"\u003d\u0026"}""", false)]
    [InlineData("""{"errorCode":"Other","note":"\u00"}""", false)]
    public void PassesWhatMayBeWrittenWithEscapes(string message, bool passes)
    {
        var pattern = FilterPattern.Parse("{ $.errorCode = \"AccessDenied\" }").Body;
        Assert.Equal(passes, pattern.MayMatch(System.Text.Encoding.UTF8.GetBytes(message), mayHaveEscapes: true));
    }
}
