using System.Collections;
using System.Management.Automation;
using LogDelivery.Policies;
using LogDelivery.Requests;

namespace LogDelivery.Commands;

/// <summary><c>Test-LogDeliveryAccess</c>: any request against any resource policy.</summary>
[Cmdlet(VerbsDiagnostic.Test, "LogDeliveryAccess", DefaultParameterSetName = ParameterSets.Document)]
[OutputType(typeof(AccessTestRow), typeof(bool))]
public sealed class TestLogDeliveryAccessCommand : LogDeliveryCommand, IPolicyParameters
{
    private PolicyFeed? feed;

    /// <summary>Who makes the request.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string[] Principal { get; set; } = [];

    /// <summary>The actions.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string[] Action { get; set; } = [];

    /// <summary>The ARNs of the resources.</summary>
    [Parameter(Mandatory = true, Position = 2, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string[] Resource { get; set; } = [];

    /// <summary>The context keys with their values.</summary>
    [Parameter]
    [ValidateNotNull]
    public IDictionary Context { get; set; } = new Hashtable();

    /// <summary>The context keys that nobody can know.</summary>
    [Parameter]
    public string[]? UnknownKey { get; set; }

    /// <summary>What kind of principal it is, where the text does not tell.</summary>
    [Parameter]
    public PrincipalType? PrincipalType { get; set; }

    /// <summary>The text of the document.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, ParameterSetName = ParameterSets.Document)]
    [Alias("Policy")]
    [AllowEmptyString]
    [PolicyText]
    public string[]? PolicyDocument { get; set; }

    /// <summary>The files that hold the documents; wildcards are fine.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = ParameterSets.Path)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? Path { get; set; }

    /// <summary>The files that hold the documents, by their exact names.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = ParameterSets.LiteralPath)]
    [Alias("PSPath", "LP")]
    [ValidateNotNullOrEmpty]
    public string[]? LiteralPath { get; set; }

    /// <summary>Whether to give one Boolean instead of rows.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        feed = new(this, this, PolicyKind.Any);
        feed.Begin(MyInvocation.BoundParameters);
    }

    /// <inheritdoc/>
    protected override void ProcessRecord() => TestAll(feed!.Next());

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        TestAll(feed!.End());
        if (Quiet)
        {
            WriteQuietAnswer();
        }
    }

    private void TestAll(IEnumerable<PolicyItem> items)
    {
        foreach (var item in items)
        {
            foreach (var request in Principal.SelectMany(Requests))
            {
                var row = AccessTestRow.From(item.Document.Explain(request), item.Input.Path);
                Conclusion.Add(Outcomes.Of(row));
                if (!Quiet)
                {
                    WriteObject(row);
                }
            }
        }
    }

    private IEnumerable<PolicyRequest> Requests(string who)
    {
        try
        {
            var principal = RequestBuilder.Principal(who, PrincipalType);
            var context = RequestBuilder.Context(Context, OrEmpty(UnknownKey));
            return [.. Action.SelectMany(a => Resource.Select(r => new PolicyRequest(principal, a, r, context)))];
        }
        catch (ArgumentException exception)
        {
            Report("InvalidRequest", ErrorCategory.InvalidArgument, who, exception.Message, "Give principal, action, resource and context as a request carries them.", exception);
            return [];
        }
    }
}
