namespace LogDelivery.Tests.Diagnosis;

/// <summary>Marks the test of a finding. <see cref="FindingCatalogTests"/> looks that each has one.</summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class, AllowMultiple = true)]
public sealed class FindingAttribute(string id) : Attribute
{
    public string Id { get; } = id;
}
