using System.Text;
using System.Text.Json;
using Xunit;

namespace LogDelivery.Cli.Tests;

public sealed class JsonLineTests
{
    [Fact]
    public void Ascii_means_the_same()
    {
        var row = new { Key = "Prüfung/ログ/😀/a+b<c>\"\\u00fc" };
        var json = JsonLine.From(row, isAscii: true);
        Assert.True(Ascii.IsValid(json), json);
        Assert.Equal(row.Key, JsonDocument.Parse(json).RootElement.GetProperty("Key").GetString());
        Assert.StartsWith("{\"Key\":\"Pr\\u00fcfung/", json, StringComparison.Ordinal);
    }

    [Fact]
    public void Text_stays_readable_where_it_is_UTF_8()
        => Assert.Equal("{\"Key\":\"Prüfung/ログ/a+b<c>\"}", JsonLine.From(new { Key = "Prüfung/ログ/a+b<c>" }, isAscii: false));
}
