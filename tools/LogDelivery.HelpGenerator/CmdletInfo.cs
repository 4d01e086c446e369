using System.Reflection;

namespace LogDelivery.HelpGenerator;

/// <summary>A cmdlet as its class declares it. Attributes are only read, never made: PowerShell is not there.</summary>
internal sealed record CmdletInfo(string Verb, string Noun, string DefaultSet, bool SupportsShouldProcess, IReadOnlyList<ParameterInfo> Parameters, IReadOnlyList<string> Outputs)
{
    private const string Any = "__AllParameterSets";

    public string Name => $"{Verb}-{Noun}";

    /// <summary>The names of the parameter sets, the default first.</summary>
    public IReadOnlyList<string> Sets
    {
        get
        {
            var sets = Parameters.SelectMany(p => p.Sets.Keys).Where(s => s != Any).Distinct().OrderBy(s => s == DefaultSet ? 0 : 1).ToArray();
            return sets.Length == 0 ? [Any] : sets;
        }
    }

    public static IReadOnlyList<CmdletInfo> Find(Assembly assembly)
        => [.. assembly.GetExportedTypes().Where(t => Attributes(t, "CmdletAttribute").Any()).Select(From).OrderBy(c => c.Name, StringComparer.Ordinal)];

    internal static IEnumerable<CustomAttributeData> Attributes(MemberInfo member, string name)
        => member.GetCustomAttributesData().Where(a => a.AttributeType.Name == name);

    internal static T? Named<T>(CustomAttributeData attribute, string name)
        => attribute.NamedArguments.Where(a => a.MemberName == name).Select(a => (T?)a.TypedValue.Value).FirstOrDefault();

    private static CmdletInfo From(Type type)
    {
        var cmdlet = Attributes(type, "CmdletAttribute").Single();
        var parameters = type.GetProperties().Where(p => Attributes(p, "ParameterAttribute").Any()).Select(p => ParameterInfo.From(p, Any)).ToList();
        var confirms = Named<bool>(cmdlet, "SupportsShouldProcess");
        if (confirms)
        {
            parameters.Add(ParameterInfo.Switch("WhatIf", "wi", Any));
            parameters.Add(ParameterInfo.Switch("Confirm", "cf", Any));
        }

        var outputs = Attributes(type, "OutputTypeAttribute")
            .SelectMany(a => (IEnumerable<CustomAttributeTypedArgument>)a.ConstructorArguments[0].Value!)
            .Select(a => ((Type)a.Value!).FullName!);
        return new(
            (string)cmdlet.ConstructorArguments[0].Value!,
            (string)cmdlet.ConstructorArguments[1].Value!,
            Named<string>(cmdlet, "DefaultParameterSetName") ?? Any,
            confirms,
            parameters,
            [.. outputs]);
    }
}

/// <summary>How a parameter takes part in one parameter set.</summary>
internal sealed record SetInfo(bool IsMandatory, int? Position, bool ByValue, bool ByPropertyName)
{
    public string PipelineInput => (ByValue, ByPropertyName) switch
    {
        (true, true) => "True (ByValue, ByPropertyName)",
        (true, false) => "True (ByValue)",
        (false, true) => "True (ByPropertyName)",
        _ => "False",
    };
}

/// <summary>A parameter as its property declares it.</summary>
internal sealed record ParameterInfo(
    string Name, string TypeName, bool IsSwitch, IReadOnlyList<string> Values, IReadOnlyList<string> Aliases, bool TakesWildcards, IReadOnlyDictionary<string, SetInfo> Sets)
{
    public static ParameterInfo From(PropertyInfo property, string anySet)
    {
        var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        var sets = CmdletInfo.Attributes(property, "ParameterAttribute").ToDictionary(
            a => CmdletInfo.Named<string>(a, "ParameterSetName") ?? anySet,
            a => new SetInfo(
                CmdletInfo.Named<bool>(a, "Mandatory"),
                a.NamedArguments.Any(n => n.MemberName == "Position") ? CmdletInfo.Named<int>(a, "Position") : null,
                CmdletInfo.Named<bool>(a, "ValueFromPipeline"),
                CmdletInfo.Named<bool>(a, "ValueFromPipelineByPropertyName")));
        var aliases = CmdletInfo.Attributes(property, "AliasAttribute")
            .SelectMany(a => (IEnumerable<CustomAttributeTypedArgument>)a.ConstructorArguments[0].Value!)
            .Select(a => (string)a.Value!);
        return new(
            property.Name,
            type.Name,
            type.Name == "SwitchParameter",
            type.IsEnum ? Enum.GetNames(type) : [],
            [.. aliases],
            CmdletInfo.Attributes(property, "SupportsWildcardsAttribute").Any(),
            sets);
    }

    public static ParameterInfo Switch(string name, string alias, string anySet)
        => new(name, "SwitchParameter", true, [], [alias], false, new Dictionary<string, SetInfo> { [anySet] = new(false, null, false, false) });

    public SetInfo? In(string set) => Sets.TryGetValue(set, out var info) || Sets.TryGetValue("__AllParameterSets", out info) ? info : null;
}
