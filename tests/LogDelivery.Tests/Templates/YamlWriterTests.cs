using System.Diagnostics;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using LogDelivery.Templates;
using Xunit;

namespace LogDelivery.Tests.Templates;

/// <summary>What is written as YAML is read by others as what it was.</summary>
public sealed class YamlWriterTests
{
    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("yes")]
    [InlineData("NO")]
    [InlineData("null")]
    [InlineData("~")]
    [InlineData("2012-10-17")]
    [InlineData("1e3")]
    [InlineData("0x1f")]
    [InlineData("1_000")]
    [InlineData("12:30:45")]
    [InlineData(".inf")]
    [InlineData("Infinity")]
    [InlineData("- a")]
    [InlineData("a: b")]
    [InlineData("a #b")]
    [InlineData("it's")]
    [InlineData("*")]
    [InlineData("s3:*")]
    [InlineData("{ ($.a = \"b\") && ($.c NOT EXISTS) }")]
    [InlineData("line one\nline two")]
    [InlineData("line one\n\n  line three\n")]
    [InlineData("\nafter")]
    [InlineData(" blank first\nline")]
    [InlineData("two ends\n\n")]
    [InlineData("tab\there")]
    [InlineData("bell\u0007 \u2028 \ud83d\ude00")]
    [InlineData("trailing \nblank")]
    [InlineData("a:")]
    public void A_text_stays_a_text(string text)
    {
        var node = (JsonObject)DeployedTemplate.Parse(YamlWriter.Write(new JsonObject { ["a"] = text, ["list"] = new JsonArray(text, new JsonObject { [text] = text }) }))!;
        Assert.Equal(text, node["a"]!.GetValue<string>());
        Assert.Equal(text, node["list"]![0]!.GetValue<string>());
        Assert.Equal(text, node["list"]![1]![text]!.GetValue<string>());
    }

    [Fact]
    public void Any_text_stays_what_it_is()
        => Prop.ForAll(ArbMap.Default.ArbFor<NonNull<string>>(), text =>
        {
            // Half a surrogate is no text that any file could hold.
            var value = string.Concat(text.Get.Where(c => !char.IsSurrogate(c)));
            var node = DeployedTemplate.Parse(YamlWriter.Write(new JsonObject { ["a"] = new JsonArray(new JsonArray(value), value) }))!;
            return (string?)node["a"]![0]![0] == value && (string?)node["a"]![1] == value;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));

    [Fact]
    public void Structures_stay_what_they_are()
    {
        const string Json = """{"a":{"b":[{"c":1,"d":{"e":[]}},[["x"],{"y":{}}],true]},"f":{},"g":[{"h":[{"i":"j"}]}]}""";
        Assert.Equal(Json, DeployedTemplate.Parse(YamlWriter.Write(JsonNode.Parse(Json)!.AsObject()))!.ToJsonString());
    }

    [Fact]
    public async Task Linters_of_CloudFormation_find_nothing()
    {
        var folder = Directory.CreateTempSubdirectory("templates-");
        try
        {
            var files = TemplatePresets.All.Select(p => Path.Combine(folder.FullName, $"{p.Id}.yaml")).ToArray();
            foreach (var file in files)
            {
                await File.WriteAllTextAsync(file, TemplatePresets.Find(Path.GetFileNameWithoutExtension(file))!.Create(new()).ToYaml(), TestContext.Current.CancellationToken);
            }

            Process process;
            try
            {
                process = Process.Start(new ProcessStartInfo("cfn-lint", files) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            }
            catch (System.ComponentModel.Win32Exception)
            {
                Assert.Skip("cfn-lint is not on the PATH, so nobody else looks at the templates.");
                return;
            }

            using (process)
            {
                var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
                var error = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
                await process.WaitForExitAsync(TestContext.Current.CancellationToken);
                Assert.True(process.ExitCode == 0, await output + error);
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
