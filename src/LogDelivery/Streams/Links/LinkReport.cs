using LogDelivery.Gateways;
using LogDelivery.Policies;

namespace LogDelivery.Streams.Links;

/// <summary>Gathers what is found about one link, and makes its row.</summary>
internal sealed class LinkReport(StreamLink link, string subject)
{
    private readonly List<Finding> findings = [];
    private readonly List<StreamCallRow> calls = [];
    private readonly List<string> missing = [];
    private bool isBroken;
    private string? doubt;
    private string said = string.Empty;
    private string? statement;
    private string? setting;

    public bool IsBroken => isBroken;

    /// <summary>What AWS shows of the link.</summary>
    public string? Observed { get; set; }

    /// <summary>Records are stopped here.</summary>
    public void Break(Finding finding, string? setting = null)
    {
        isBroken = true;
        findings.Add(finding);
        this.setting ??= setting;
    }

    /// <summary>Something worth knowing that stops nothing.</summary>
    public void Note(Finding finding, string? setting = null)
    {
        findings.Add(finding);
        this.setting ??= setting;
    }

    /// <summary>It cannot be told.</summary>
    public void Doubt(string reason) => doubt ??= reason;

    /// <summary>It cannot be told, because something may not be read.</summary>
    public void Doubt<T>(Readable<T> answer, string what)
        where T : class
    {
        if (answer.MissingPermission is { } permission)
        {
            missing.Add(permission);
        }

        Doubt(answer.Error is { } error ? $"{what} may not be read: {error.Message}" : $"{what} is not known.");
    }

    /// <summary>What is so where nothing is wrong.</summary>
    public void Say(string reason) => said = said.Length == 0 ? reason : $"{said} {reason}";

    /// <summary>The setting that the row is about.</summary>
    public void At(string name) => setting ??= name;

    /// <summary>
    /// Judges calls by what one side says about each: all that fail make one finding, as one statement mends them together.
    /// </summary>
    /// <param name="judged">The calls, each with the part that this link plays in it.</param>
    /// <param name="explain">Makes the finding from the reason.</param>
    public void Judge(IReadOnlyList<(string Name, PolicyRequest Request, AccessPart Part)> judged, Func<string, Finding> explain)
    {
        calls.AddRange(judged.Select(j => RowOf(j.Name, j.Request, j.Part)));
        var failing = judged.Where(j => j.Part.Does == Truth.False).OrderByDescending(j => j.Part.Verdict == Verdict.ExplicitDeny).ToArray();
        if (failing.Length > 0)
        {
            var first = failing[0];
            statement ??= StatementOf(first.Part) ?? $"no policy of {first.Request.Principal}";
            var others = failing.Select(f => f.Request.Action).Distinct().Where(a => a != first.Request.Action).ToArray();
            Break(explain(others.Length == 0 ? first.Part.Reason : $"{first.Part.Reason} The same goes for {string.Join(", ", others)}."));
            return;
        }

        if (judged.FirstOrDefault(j => j.Part.Does == Truth.Unknown) is { Part: { } uncertain })
        {
            statement ??= StatementOf(uncertain);
            Doubt(uncertain.Reason);
        }
        else if (judged.Count > 0)
        {
            statement ??= StatementOf(judged[0].Part);
            Say(judged[0].Part.Reason);
        }
    }

    /// <summary>The row, without its place in the order.</summary>
    public StreamLinkRow ToRow(StreamPicture picture, string? logGroupName = null)
    {
        var ordered = findings.OrderBy(f => f.SeverityValue).ToArray();
        var state = isBroken ? StreamLinkState.Broken : doubt is not null ? StreamLinkState.Unknown : StreamLinkState.Working;
        return new()
        {
            LinkValue = link,
            StateValue = state,
            DeliveryStreamName = picture.StreamName,
            DeliveryStreamArn = picture.StreamArn,
            LogGroupName = logGroupName,
            Subject = subject,
            Statement = statement,
            Setting = setting,
            Reason = state switch
            {
                StreamLinkState.Broken => string.Join(" ", ordered.Select(f => f.Evidence).Take(1)),
                StreamLinkState.Unknown => doubt!,
                _ => ordered.Length == 0 ? said : $"{said} {ordered[0].Evidence}".TrimStart(),
            },
            Remedy = ordered.FirstOrDefault()?.Remedy,
            Observed = Observed,
            Findings = ordered,
            Calls = [.. calls],
            MissingPermissions = [.. missing.Distinct(StringComparer.Ordinal)],
        };
    }

    private static StreamCallRow RowOf(string name, PolicyRequest request, AccessPart part) => new()
    {
        Name = name,
        Principal = request.Principal.Id,
        Action = request.Action,
        Resource = request.Resource,
        VerdictValue = part.Verdict,
        Policy = part.Policy?.Name,
        StatementIndex = part.Explanation?.Statement?.Index ?? -1,
        Sid = part.Explanation?.Statement?.Sid,
        Reason = part.Reason,
    };

    private static string? StatementOf(AccessPart part)
    {
        var nearest = part.Explanation?.Statement ?? (part.Explanation?.NearMisses is [var first, ..] ? first.Statement : null);
        return part.Policy is null ? null : nearest is null ? part.Policy.Name : $"{part.Policy.Name} {nearest}";
    }
}
