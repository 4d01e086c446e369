using Amazon.Runtime;

namespace LogDelivery.Aws.Credentials;

/// <summary>Credentials and where they were found.</summary>
/// <param name="Credentials">The credentials.</param>
/// <param name="Source">A description of where they were found, without secrets.</param>
internal sealed record ResolvedCredentials(AWSCredentials Credentials, string Source)
{
    public override string ToString() => Source;
}
