using LogDelivery.Gateways;

namespace LogDelivery.Alarms;

/// <summary>
/// Adds the data events of one bucket to a trail's selectors, in a selector of its own that can be taken out again, and
/// leaves all others as they are.
/// </summary>
internal static class DataEventAddition
{
    private const string ObjectType = "AWS::S3::Object";

    /// <summary>The selectors with the bucket's data events; <see langword="null"/> when there is no room for them.</summary>
    public static EventSelection? AddTo(EventSelection selection, WatchedCalls calls, string bucketArn)
        => selection.Advanced.Count > 0
            ? selection with { Advanced = [.. selection.Advanced, Advanced(calls, bucketArn)] }
            : selection.Basic.Count < EventSelection.MaxBasicSelectors
                ? selection with { Basic = [.. selection.Basic, Basic(calls, bucketArn)] }
                : null;

    /// <summary>The selectors without what was added; <see langword="null"/> when it is not there any more, or nothing else is.</summary>
    public static EventSelection? RemoveFrom(EventSelection selection, WatchedCalls calls, string bucketArn)
    {
        if (selection.Advanced.Count > 0)
        {
            var name = NameOf(calls, bucketArn);
            return selection.Advanced.Any(s => s.Name == name) && selection.Advanced.Any(s => s.Name != name) ? selection with { Advanced = [.. selection.Advanced.Where(s => s.Name != name)] } : null;
        }

        var added = Basic(calls, bucketArn);
        var index = selection.Basic.ToList().FindIndex(s => IsSame(s, added));
        return index < 0 || selection.Basic.Count == 1 ? null : selection with { Basic = [.. selection.Basic.Where((_, i) => i != index)] };
    }

    // The selector belongs to whichever alarms live on it, and its name to none of them.
    private static string NameOf(WatchedCalls calls, string bucketArn) => $"LogDelivery: {calls} of {bucketArn}";

    private static BasicEventSelector Basic(WatchedCalls calls, string bucketArn) => new()
    {
        ReadWriteType = calls switch { WatchedCalls.Writes => "WriteOnly", WatchedCalls.Reads => "ReadOnly", _ => "All" },
        IncludeManagementEvents = false,
        DataResources = [new(ObjectType, [$"{bucketArn}/"])],
    };

    private static AdvancedEventSelector Advanced(WatchedCalls calls, string bucketArn)
    {
        var fields = new List<EventFieldSelector>
        {
            new() { Field = "eventCategory", EqualTo = ["Data"] },
            new() { Field = "resources.type", EqualTo = [ObjectType] },
            new() { Field = "resources.ARN", StartsWith = [$"{bucketArn}/"] },
        };
        if (calls != WatchedCalls.All)
        {
            fields.Add(new() { Field = "eventName", EqualTo = [calls == WatchedCalls.Writes ? "PutObject" : "GetObject"] });
        }

        return new(NameOf(calls, bucketArn), fields);
    }

    private static bool IsSame(BasicEventSelector selector, BasicEventSelector other)
        => selector.ReadWriteType == other.ReadWriteType
        && selector.IncludeManagementEvents == other.IncludeManagementEvents
        && selector.DataResources.Count == 1
        && selector.DataResources[0].Type == ObjectType
        && selector.DataResources[0].Values.SequenceEqual(other.DataResources[0].Values);
}
