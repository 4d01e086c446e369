using LogDelivery.Findings;
using LogDelivery.Sources;

namespace LogDelivery.Diagnosis.Rules;

/// <summary>The source is a grantee of the bucket's ACL and needs ACLs on, or it needs them off.</summary>
internal sealed class ObjectOwnershipRule() : FindingRule(ObjectOwnershipKind)
{
    private static readonly FindingKind ObjectOwnershipKind = new("LD0050", "Object Ownership does not fit the source", FindingSeverity.Blocks, AwsPages.ObjectOwnership);

    public override IEnumerable<Finding> Inspect(Delivery delivery)
    {
        if (delivery.Bucket.ObjectOwnership is not { } ownership)
        {
            yield break;
        }

        var constraints = delivery.Source.Constraints;
        if (constraints.RequiresAcls && ownership == ObjectOwnership.BucketOwnerEnforced)
        {
            yield return Report(
                $"Object Ownership of {delivery.BucketName} is BucketOwnerEnforced, which switches ACLs off. Only the bucket's ACL can let in {delivery.Source.Name}.",
                "Set Object Ownership to BucketOwnerPreferred and add the grant to the ACL, or move to a way of logging that a bucket policy lets in (CloudFront: standard logging v2).");
        }
        else if (constraints.RequiresAclsOff && ownership != ObjectOwnership.BucketOwnerEnforced)
        {
            yield return Report(
                $"Object Ownership of {delivery.BucketName} is {ownership}, which leaves ACLs on. A bucket for {delivery.Source.Name} has to have them off.",
                "Set Object Ownership to BucketOwnerEnforced.");
        }
    }
}
