using System.Text.Json.Nodes;

namespace LogDelivery.Templates;

/// <summary>A CloudFormation template.</summary>
internal sealed class Template
{
    private readonly IReadOnlyList<string> comments;
    private readonly JsonObject document;

    internal Template(IReadOnlyList<string> comments, JsonObject document)
    {
        this.comments = comments;
        this.document = document;
    }

    /// <summary>The template as YAML.</summary>
    public string ToYaml() => string.Concat(comments.Select(c => $"# {c}\n")) + YamlWriter.Write(document);

    /// <summary>The template as YAML.</summary>
    public override string ToString() => ToYaml();
}

/// <summary>Builds a template.</summary>
internal sealed class TemplateBuilder(string description)
{
    private readonly List<string> comments = [];
    private readonly JsonObject parameters = [];
    private readonly JsonObject conditions = [];
    private readonly JsonObject resources = [];
    private readonly JsonObject outputs = [];

    /// <summary>Adds a comment at the top of the file.</summary>
    public TemplateBuilder Comment(string text)
    {
        const int Width = 118;
        var line = string.Empty;
        foreach (var word in text.Split(' '))
        {
            if (line.Length + word.Length + 1 > Width)
            {
                comments.Add(line);
                line = string.Empty;
            }

            line = line.Length == 0 ? word : $"{line} {word}";
        }

        comments.Add(line);
        return this;
    }

    public TemplateBuilder Parameter(string name, string description, JsonNode? byDefault, JsonObject? more = null, string type = "String")
    {
        var parameter = new JsonObject { ["Type"] = type, ["Description"] = description };
        if (byDefault is not null)
        {
            parameter["Default"] = byDefault;
        }

        foreach (var (key, value) in more ?? [])
        {
            parameter[key] = value?.DeepClone();
        }

        parameters[name] = parameter;
        return this;
    }

    public TemplateBuilder Condition(string name, JsonObject condition)
    {
        conditions[name] = condition;
        return this;
    }

    public TemplateBuilder Resource(string name, JsonObject resource)
    {
        resources[name] = resource;
        return this;
    }

    public TemplateBuilder Output(string name, string description, JsonNode value)
    {
        outputs[name] = new JsonObject { ["Description"] = description, ["Value"] = value };
        return this;
    }

    public Template Build()
    {
        var document = new JsonObject { ["AWSTemplateFormatVersion"] = "2010-09-09", ["Description"] = description, ["Parameters"] = parameters };
        if (conditions.Count > 0)
        {
            document["Conditions"] = conditions;
        }

        document["Resources"] = resources;
        document["Outputs"] = outputs;
        return new(comments, document);
    }
}
