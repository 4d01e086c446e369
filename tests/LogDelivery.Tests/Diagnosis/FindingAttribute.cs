namespace LogDelivery.Tests.Diagnosis;

/// <summary>Marks the test of a finding. The tests of the catalog look for its id.</summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class, AllowMultiple = true)]
public sealed class FindingAttribute(string id) : Attribute
{
    public string Id { get; } = id;
}
