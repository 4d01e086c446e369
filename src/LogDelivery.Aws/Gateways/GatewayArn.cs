using LogDelivery.Gateways;
using LogDelivery.Policies;

namespace LogDelivery.Aws.Gateways;

/// <summary>Cuts the ARNs that name a Region or a resource to ask for.</summary>
internal static class GatewayArn
{
    public static Arn Parse(string text, string what) => Arn.TryParse(text, out var arn)
        ? arn
        : throw new AwsCallException(AwsErrorKind.Invalid, "InvalidArn", $"'{text}' is no ARN of a {what}.");
}
