using System.Text.Json;

namespace LogDelivery.Logs.Destinations;

/// <summary>
/// A value in the request or the response of a logged call. Members are found without regard to the case of letters: CloudTrail
/// writes <c>s3BucketName</c> for <c>S3BucketName</c>, but not for all services. Where a member stands twice, the last one counts;
/// what is of another type than asked for is not there.
/// </summary>
internal readonly struct CallMembers(JsonElement element)
{
    /// <summary>Whether there is a value other than null.</summary>
    public bool Exists => element.ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Null);

    /// <summary>Whether it is an object.</summary>
    public bool IsObject => element.ValueKind == JsonValueKind.Object;

    /// <summary>The members of an object.</summary>
    public IEnumerable<(string Name, CallMembers Value)> All
    {
        get
        {
            if (!IsObject)
            {
                yield break;
            }

            foreach (var member in element.EnumerateObject())
            {
                yield return (NameOf(member), new(member.Value));
            }
        }
    }

    /// <summary>The elements of a list: of an array, of what XML calls <c>item</c> or <c>member</c>, or the value alone.</summary>
    public IEnumerable<CallMembers> Items
    {
        get
        {
            if (element.ValueKind == JsonValueKind.Array)
            {
                return element.EnumerateArray().Select(e => new CallMembers(e));
            }

            var inner = this["item"] is { Exists: true } item ? item : this["member"] is { Exists: true } member ? member : this["items"];
            return inner.Exists ? inner.Items : Exists ? [this] : [];
        }
    }

    /// <summary>The text of a string; also of one that is no Unicode, as it stands.</summary>
    public string? AsText => element.ValueKind == JsonValueKind.String ? Decode(element) : null;

    /// <summary>A member of this object.</summary>
    public CallMembers this[string name]
    {
        get
        {
            var found = default(CallMembers);
            foreach (var (other, value) in All)
            {
                if (name.Equals(other, StringComparison.OrdinalIgnoreCase))
                {
                    found = value;
                }
            }

            return found;
        }
    }

    /// <summary>The member of that name that is the least deep, in this object or in objects within: EC2 and S3 wrap what was asked.</summary>
    public CallMembers Find(string name)
    {
        var waiting = new Queue<CallMembers>([this]);
        while (waiting.TryDequeue(out var next))
        {
            if (next[name] is { Exists: true } found)
            {
                return found;
            }

            foreach (var (_, value) in next.All)
            {
                if (value.IsObject)
                {
                    waiting.Enqueue(value);
                }
            }
        }

        return default;
    }

    /// <summary>The text of a member; may be empty.</summary>
    public string? Text(string name) => this[name].AsText;

    /// <summary>The texts of a list, in any of the forms that CloudTrail has for them: <c>{"tag": 1, "content": "vpc-1"}</c>, too.</summary>
    public IReadOnlyList<string> Texts(string name)
        => [.. this[name].Items.Select(i => i.AsText ?? i.Text("content")).OfType<string>().Where(t => t.Length > 0)];

    /// <summary>A truth value, also one that is written as text.</summary>
    public bool? Flag(string name)
    {
        var value = this[name];
        return value.IsTrue ? true : value.IsFalse ? false : null;
    }

    private bool IsTrue => element.ValueKind == JsonValueKind.True || "true".Equals(AsText, StringComparison.OrdinalIgnoreCase);

    private bool IsFalse => element.ValueKind == JsonValueKind.False || "false".Equals(AsText, StringComparison.OrdinalIgnoreCase);

    private static string NameOf(JsonProperty member)
    {
        try
        {
            return member.Name;
        }
        catch (InvalidOperationException)
        {
            // Escapes that are no Unicode: the name of no member that is asked for.
            return string.Empty;
        }
    }

    private static string Decode(JsonElement text)
    {
        try
        {
            return text.GetString()!;
        }
        catch (InvalidOperationException)
        {
            return text.GetRawText().Trim('"');
        }
    }
}
