using System.Text;

namespace LogDelivery.Patterns;

/// <summary>
/// The selectors of a pattern, joined where they begin alike, so that one pass over an event finds all their values. Conditions are
/// numbered so that those under one node follow each other.
/// </summary>
internal sealed class SelectorTree
{
    private readonly List<JsonCondition> conditions = [];

    public SelectorTree(IEnumerable<JsonCondition> conditions)
    {
        foreach (var condition in conditions)
        {
            var node = Root;
            foreach (var step in condition.Selector.Steps)
            {
                node = node.Follow(step);
            }

            node.Own.Add(condition);
        }

        Number(Root);
        Root.Freeze();
    }

    public SelectorNode Root { get; } = new(default);

    /// <summary>The conditions by their numbers.</summary>
    public IReadOnlyList<JsonCondition> Conditions => conditions;

    private void Number(SelectorNode node)
    {
        node.FirstCondition = conditions.Count;
        foreach (var condition in node.Own)
        {
            condition.Number = conditions.Count;
            conditions.Add(condition);
        }

        foreach (var child in node.Children)
        {
            Number(child);
        }

        node.ConditionCount = conditions.Count - node.FirstCondition;
    }
}

/// <summary>A place in the tree of selectors.</summary>
internal sealed class SelectorNode(SelectorStep step)
{
    private JsonCondition[] own = [];
    private SelectorNode[] keys = [];

    public SelectorStep Step { get; } = step;

    /// <summary>The name of the property as UTF-8.</summary>
    public byte[] Key { get; } = Encoding.UTF8.GetBytes(step.Key ?? "");

    public List<SelectorNode> Children { get; } = [];

    /// <summary>The conditions on the values at this very place.</summary>
    public List<JsonCondition> Own { get; } = [];

    /// <summary>The number of the first condition at this place or below.</summary>
    public int FirstCondition { get; set; }

    public int ConditionCount { get; set; }

    /// <summary>The children that are properties by name.</summary>
    public ReadOnlySpan<SelectorNode> Keys => keys;

    public ReadOnlySpan<JsonCondition> Tests => own;

    public SelectorNode? AnyProperty { get; private set; }

    public SelectorNode? AnyElement { get; private set; }

    public bool HasIndexes { get; private set; }

    /// <summary>Whether anything within an object, or within an array, can matter.</summary>
    public bool WantsProperties => keys.Length > 0 || AnyProperty is not null;

    public bool WantsElements => HasIndexes || AnyElement is not null;

    public SelectorNode Follow(SelectorStep step)
    {
        if (Children.Find(child => child.Step == step) is { } found)
        {
            return found;
        }

        var child = new SelectorNode(step);
        Children.Add(child);
        return child;
    }

    public SelectorNode? Element(int index)
    {
        foreach (var child in Children)
        {
            if (child.Step.Kind == SelectorStepKind.Index && child.Step.Index == index)
            {
                return child;
            }
        }

        return null;
    }

    public void Freeze()
    {
        own = [.. Own];
        keys = [.. Children.Where(child => child.Step.Kind == SelectorStepKind.Key)];
        AnyProperty = Children.Find(child => child.Step.Kind == SelectorStepKind.AnyProperty);
        AnyElement = Children.Find(child => child.Step.Kind == SelectorStepKind.AnyElement);
        HasIndexes = Children.Exists(child => child.Step.Kind == SelectorStepKind.Index);
        foreach (var child in Children)
        {
            child.Freeze();
        }
    }
}
