using System.Collections;
using System.Collections.Concurrent;
using System.Reflection;

namespace LogDelivery.Sandbox.Control;

/// <summary>Finds what is missing in a control document: members that are not optional, and items of lists that are null.</summary>
internal static class ScenarioMembers
{
    private static readonly ConcurrentDictionary<Type, Member[]> Known = new();

    /// <summary>Refuses a document in which a member is missing that its type needs.</summary>
    /// <exception cref="ScenarioException">A member or an item is missing.</exception>
    public static void Check(object document) => Check(document, string.Empty);

    private static void Check(object value, string path)
    {
        foreach (var member in Known.GetOrAdd(value.GetType(), MembersOf))
        {
            var name = path.Length == 0 ? member.Name : $"{path}.{member.Name}";
            switch (member.Property.GetValue(value))
            {
                case null when member.IsOptional:
                    break;
                case null:
                    throw new ScenarioException($"'{name}' is missing.");
                case IEnumerable items and not string when IsOurs(ItemOf(member.Property.PropertyType)):
                    var index = 0;
                    foreach (var item in items)
                    {
                        Check(item ?? throw new ScenarioException($"'{name}[{index}]' is null."), $"{name}[{index++}]");
                    }

                    break;
                case IEnumerable<string?> texts when texts.Contains(null):
                    throw new ScenarioException($"'{name}' has an item that is null.");
                case var one when IsOurs(one.GetType()):
                    Check(one, name);
                    break;
            }
        }
    }

    private static Member[] MembersOf(Type type)
    {
        var nullability = new NullabilityInfoContext();
        return [.. type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(p => p.CanWrite && p.GetIndexParameters().Length == 0)
            .Select(p => new Member(p, System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(p.Name), p.PropertyType.IsValueType || nullability.Create(p).ReadState == NullabilityState.Nullable))];
    }

    private static Type? ItemOf(Type type) => type.IsArray ? type.GetElementType() : type.IsGenericType ? type.GetGenericArguments()[^1] : null;

    private static bool IsOurs(Type? type) => type is { IsClass: true } && type.Assembly == typeof(ScenarioMembers).Assembly;

    private sealed record Member(PropertyInfo Property, string Name, bool IsOptional);
}
