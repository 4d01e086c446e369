using Xunit;

namespace LogDelivery.Architecture.Tests;

/// <summary>The pictures in ARCHITECTURE.md hold: no arrow beyond them, no circle, no room that they lack.</summary>
public sealed class FloorPlanTests
{
    private static readonly string Page = Repository.Read("ARCHITECTURE.md");

    public static TheoryData<string, string> Assemblies => new()
    {
        { "The engine", SourceTree.Engine },
        { "The AWS assembly", "LogDelivery.Aws" },
        { "The sandbox", "LogDelivery.Sandbox" },
    };

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void The_picture_has_no_circle(string heading, string project)
    {
        var plan = FloorPlan.Read(Page, heading);
        var circular = plan.Rooms.Where(r => plan.Reach(r).Contains(r));
        Assert.True(!circular.Any(), $"The picture \"{heading}\" of {project} in ARCHITECTURE.md has a circle through {string.Join(", ", circular)}.");
    }

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void The_picture_has_every_room_and_no_other(string heading, string project)
    {
        var sources = SourceTree.Of(project);
        var rooms = sources.Files.Select(f => RoomUses.RoomOf(sources, f.FilePath)).Distinct().Order(StringComparer.Ordinal);
        Assert.Equal(rooms, FloorPlan.Read(Page, heading).Rooms.Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void Each_room_uses_only_rooms_that_an_arrow_leads_to(string heading, string project)
    {
        var plan = FloorPlan.Read(Page, heading);
        var allowed = plan.Rooms.ToDictionary(r => r, plan.Reach, StringComparer.Ordinal);
        var wrong = RoomUses.Of(project).Where(u => !allowed.TryGetValue(u.From, out var reach) || !reach.Contains(u.To)).Select(u => u.ToString()).Order(StringComparer.Ordinal).ToList();
        Assert.True(wrong.Count == 0, $"These uses have no arrow in the picture \"{heading}\" of ARCHITECTURE.md. Move the code to the room that it belongs to:\n{string.Join('\n', wrong)}");
    }

    /// <summary>Nothing would be found wrong if names were not bound to types.</summary>
    [Fact]
    public void The_arrows_of_the_engine_are_seen_at_all()
    {
        var uses = RoomUses.Of(SourceTree.Engine);
        Assert.Contains(uses, u => u is { From: "Diagnosis", To: "Policies" });
        Assert.Contains(uses, u => u is { From: "Logs/Scan", To: "Logs/Files" });
    }
}
