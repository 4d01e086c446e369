using LogDelivery.Gateways;
using LogDelivery.Policies;

namespace LogDelivery.Aws.Gateways;

/// <summary>Parses the ARNs of resources, which name their Region.</summary>
internal static class GatewayArn
{
    public static Arn Parse(string text, string what) => Arn.TryParse(text, out var arn)
        ? arn
        : throw new AwsCallException(AwsErrorKind.Invalid, "InvalidArn", $"'{text}' is no ARN of a {what}.");
}
