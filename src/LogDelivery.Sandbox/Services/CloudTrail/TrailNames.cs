using LogDelivery.Sandbox.Http;

namespace LogDelivery.Sandbox.Services.CloudTrail;

/// <summary>The rules for names. Source: CloudTrail user guide, cloudtrail-trail-naming-requirements, and CreateTrail.</summary>
internal static class TrailNames
{
    public static void Check(string? name)
    {
        var problem = name switch
        {
            null or "" => "Trail name cannot be blank!",
            { Length: < 3 } => $"Trail name too short. Minimum allowed length: 3 characters. Specified name length: {name.Length} characters.",
            { Length: > 128 } => $"Trail name too long. Maximum allowed length: 128 characters. Specified name length: {name.Length} characters.",
            _ when !char.IsAsciiLetterOrDigit(name[0]) => "Trail name must starts with a letter or number.",
            _ when !char.IsAsciiLetterOrDigit(name[^1]) => "Trail name must ends with a letter or number.",
            _ when name.Any(c => !char.IsAsciiLetterOrDigit(c) && c is not ('.' or '_' or '-')) => "Trail name or ARN can only contain uppercase letters, lowercase letters, numbers, periods (.), hyphens (-), and underscores (_).",
            _ => null,
        };
        if (problem is not null)
        {
            throw new ApiException("InvalidTrailNameException", problem);
        }
    }
}
