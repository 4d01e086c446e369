// The shell's own wrapper, as AWS.Tools has it: what is inside is not public.
namespace Amazon.PowerShell.Common;

public sealed class AWSPSCredentials(object credentials)
{
    internal object Credentials { get; } = credentials;

    public override string ToString() => "default";
}
