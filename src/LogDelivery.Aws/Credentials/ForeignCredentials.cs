using System.Reflection;
using Amazon.Runtime;
using LogDelivery.Gateways;

namespace LogDelivery.Aws.Credentials;

/// <summary>
/// Credentials of another copy of the AWS SDK, such as AWS.Tools' own. Their type differs from our SDK's type of the same
/// name, so they are read through their public members. Nothing is cached: their owner renews them when they expire.
/// </summary>
internal sealed class ForeignCredentials : AWSCredentials
{
    private const BindingFlags Public = BindingFlags.Instance | BindingFlags.Public;

    private readonly object owner;
    private readonly MethodInfo? ask;
    private readonly MethodInfo? askAsync;

    private ForeignCredentials(object owner, MethodInfo? ask, MethodInfo? askAsync)
    {
        this.owner = owner;
        this.ask = ask;
        this.askAsync = askAsync;
    }

    /// <summary>Wraps an object that holds credentials.</summary>
    /// <exception cref="AwsCallException">The object is no credentials.</exception>
    public static AWSCredentials Wrap(object value)
    {
        ArgumentNullException.ThrowIfNull(value);
        var holder = Unwrap(value, "System.Management.Automation.PSObject", "BaseObject");
        holder = Unwrap(holder, "Amazon.PowerShell.Common.AWSPSCredentials", "Credentials");
        if (holder is AWSCredentials ours)
        {
            return ours;
        }

        var ask = holder.GetType().GetMethod(nameof(GetCredentials), Public, []);
        var askAsync = holder.GetType().GetMethod(nameof(GetCredentialsAsync), Public, []);
        return ask is null && askAsync is null ? throw CredentialErrors.NotCredentials(holder) : new ForeignCredentials(holder, ask, askAsync);
    }

    public override ImmutableCredentials GetCredentials()
        => ask is null ? GetCredentialsAsync().GetAwaiter().GetResult() : Copy(Invoke(ask));

    public override async Task<ImmutableCredentials> GetCredentialsAsync()
    {
        if (askAsync is null || !typeof(Task).IsAssignableFrom(askAsync.ReturnType))
        {
            return await Task.Run(GetCredentials).ConfigureAwait(false);
        }

        var task = (Task?)Invoke(askAsync) ?? throw Useless();
        try
        {
            await task.ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            throw CredentialErrors.OwnerFailed(exception);
        }

        return Copy(askAsync.ReturnType.GetProperty("Result")?.GetValue(task));
    }

    public override string ToString() => "credentials of another SDK";

    // The wrapper that AWS.Tools keeps in the shell has no public way to what is inside.
    private static object Unwrap(object value, string typeName, string property)
    {
        for (var type = value.GetType(); type is not null; type = type.BaseType)
        {
            if (type.FullName == typeName)
            {
                return type.GetProperty(property, Public | BindingFlags.NonPublic)?.GetValue(value) ?? value;
            }
        }

        return value;
    }

    private static ImmutableCredentials Copy(object? credentials)
    {
        string? Read(string name) => credentials?.GetType().GetProperty(name, Public)?.GetValue(credentials) as string;
        var (access, secret) = (Read(nameof(ImmutableCredentials.AccessKey)), Read(nameof(ImmutableCredentials.SecretKey)));
        return string.IsNullOrEmpty(access) || string.IsNullOrEmpty(secret)
            ? throw Useless()
            : new(access, secret, Read(nameof(ImmutableCredentials.Token)));
    }

    private static AwsCallException Useless()
        => CredentialErrors.OwnerFailed(new InvalidOperationException("They hold no access key."));

    private object? Invoke(MethodInfo method)
    {
        try
        {
            return method.Invoke(owner, null);
        }
        catch (TargetInvocationException exception)
        {
            throw CredentialErrors.OwnerFailed(exception.InnerException ?? exception);
        }
    }
}
