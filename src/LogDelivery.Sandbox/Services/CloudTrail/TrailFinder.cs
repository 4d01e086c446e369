using LogDelivery.Policies;
using LogDelivery.Sandbox.Http;
using LogDelivery.Sandbox.State;

namespace LogDelivery.Sandbox.Services.CloudTrail;

/// <summary>
/// Finds trails as callers name them. In another Region than its home a trail is a shadow, which only its ARN names; a
/// member account sees its organization's trails, by their ARN too.
/// </summary>
internal sealed class TrailFinder(SandboxState state)
{
    public SandboxState State { get; } = state;

    /// <summary>The trails of a Region.</summary>
    public IEnumerable<SandboxTrail> In(string account, string region, bool withShadows)
        => State.TrailsVisibleTo(account).Where(t => t.HomeRegion == region || (withShadows && t.IsMultiRegion));

    /// <summary>A trail that the caller can see.</summary>
    public SandboxTrail Visible(JsonCall call, string? nameOrArn)
    {
        CheckForm(nameOrArn);
        var trail = nameOrArn!.StartsWith("arn:", StringComparison.Ordinal)
            ? State.TrailsVisibleTo(call.Account).FirstOrDefault(t => t.Arn == nameOrArn && t.IsIn(call.Region))
            : State.AccountOf(call.Account).Trails.Values.FirstOrDefault(t => t.Name == nameOrArn && t.HomeRegion == call.Region);
        return trail ?? throw NotFound(call, nameOrArn);
    }

    /// <summary>A trail that the caller may change: its own, in its home Region.</summary>
    public SandboxTrail Own(JsonCall call, string? nameOrArn)
    {
        var trail = Visible(call, nameOrArn);
        if (trail.HomeRegion != call.Region)
        {
            throw new ApiException("InvalidHomeRegionException", $"Trail {trail.Arn} can only be changed in its home Region: {trail.HomeRegion}");
        }

        if (trail.Account != call.Account)
        {
            throw new ApiException("NotOrganizationMasterAccountException", "Only the management account or delegated administrator account of an organization can change an organization trail.");
        }

        return trail;
    }

    private static void CheckForm(string? nameOrArn)
    {
        if (nameOrArn is not null && nameOrArn.StartsWith("arn:", StringComparison.Ordinal))
        {
            if (!Arn.TryParse(nameOrArn, out var arn) || arn.Service != "cloudtrail" || !arn.Resource.StartsWith("trail/", StringComparison.Ordinal))
            {
                throw new ApiException("CloudTrailARNInvalidException", $"{nameOrArn} is not a valid trail ARN. A trail ARN has the form arn:aws:cloudtrail:us-east-2:123456789012:trail/MyTrail");
            }

            return;
        }

        TrailNames.Check(nameOrArn);
    }

    private static ApiException NotFound(JsonCall call, string nameOrArn)
        => new("TrailNotFoundException", nameOrArn.StartsWith("arn:", StringComparison.Ordinal)
            ? $"Unknown trail: {nameOrArn} for the user: {call.Account}"
            : $"Unknown trail: arn:{SandboxState.PartitionOf(call.Region)}:cloudtrail:{call.Region}:{call.Account}:trail/{nameOrArn} for the user: {call.Account}");
}
