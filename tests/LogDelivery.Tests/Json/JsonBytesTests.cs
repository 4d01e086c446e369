using System.Text;
using System.Text.Json;
using LogDelivery.Json;
using Xunit;

namespace LogDelivery.Tests.Records;

/// <summary>Strings and objects that are told apart 64 bytes at a time, against a parser that goes byte by byte.</summary>
public class JsonBytesTests
{
    private const int Count = 20_000;

    private static readonly string[] Parts =
        ["a", "bucket", "\\\\", "\\\"", "\\/", "\\n", "\\t", "\\b", "\\f", "\\r", "\\u003c", "\\u00e9", "\\u20ac", "\\ud83d\\ude00", "é", "€", "😀", " ", "{", "}", "[", ":", ",", new('x', 31), new('y', 64), new('z', 90)];

    private static readonly string[] WrongParts = ["\\x", "\\u12", "\\u12g4", "\n", "\0", "\u001f", "\\"];

    private static readonly string[] Values =
        ["1", "-0", "0.5", "1e9", "-1.25E-7", "true", "false", "null", "\"\"", "\"text\"", "{}", "[]", "[ ]", "{ }", "[1,2]", "{\"a\":{\"b\":[[],{}]}}", "\"q\\\"uoted \\\\\""];

    [Fact]
    public void AStringEndsWhereAParserSaysSo()
    {
        var random = new Random(1);
        for (var i = 0; i < Count; i++)
        {
            var isRight = random.Next(4) > 0;
            var before = new string('k', random.Next(70));
            var text = Text(random, isRight);
            var json = Encoding.UTF8.GetBytes($"{before}\"{text}\"{new string(random.Next(2) == 0 ? ' ' : '"', random.Next(70))}");
            var found = JsonBytes.EndOfString(json, before.Length + 1);
            var expected = End(json.AsSpan(before.Length));
            if (json.Length >= JsonBytes.Length || found >= 0)
            {
                Assert.Equal(expected < 0 ? -1 : before.Length + expected, found);
            }
        }
    }

    [Fact]
    public void AStringWithoutEndHasNone()
    {
        for (var length = 0; length < 200; length++)
        {
            Assert.Equal(-1, JsonBytes.EndOfString(Encoding.UTF8.GetBytes($"{new string('"', 70)}{new string('a', length)}"), 70));
            Assert.Equal(-1, JsonBytes.EndOfString(Encoding.UTF8.GetBytes($"{new string('"', 70)}{new string('a', length)}\\\""), 70));
        }
    }

    [Fact]
    public void EscapesAreResolvedAsByAParser()
    {
        var random = new Random(2);
        for (var i = 0; i < Count; i++)
        {
            var escaped = Encoding.UTF8.GetBytes(Text(random, isRight: true));
            var characters = new byte[escaped.Length];
            var length = JsonString.Unescape(escaped, characters);
            Assert.Equal(JsonSerializer.Deserialize<string>((byte[])[(byte)'"', .. escaped, (byte)'"']), Encoding.UTF8.GetString(characters, 0, length));
        }
    }

    [Fact]
    public void NothingIsWrittenBehindTheRoomThatAStringNeeds()
    {
        var random = new Random(3);
        for (var i = 0; i < 1_000; i++)
        {
            var escaped = Encoding.UTF8.GetBytes(Text(random, isRight: true));
            var characters = new byte[escaped.Length + 64];
            characters.AsSpan().Fill(0xee);
            JsonString.Unescape(escaped, characters);
            Assert.Equal(-1, characters.AsSpan(escaped.Length).IndexOfAnyExcept((byte)0xee));
        }
    }

    [Fact]
    public void HalfOfAPairIsReplaced()
    {
        var escaped = Encoding.UTF8.GetBytes($"\\ud83d{new string('a', 150)}\\ude00");
        var characters = new byte[escaped.Length];
        Assert.Equal($"\ufffd{new string('a', 150)}\ufffd", Encoding.UTF8.GetString(characters, 0, JsonString.Unescape(escaped, characters)));
    }

    [Fact]
    public void AnObjectIsRightWhereAParserSaysSo()
    {
        var random = new Random(4);
        var (right, wrong) = (0, 0);
        for (var i = 0; i < Count; i++)
        {
            var json = Encoding.UTF8.GetBytes(Object(random));
            if (random.Next(2) == 0)
            {
                Spoil(random, ref json);
            }

            var expected = HasName(json);
            Assert.True(expected == JsonObjectScan.IsObjectWith(json, "eventName"u8), Encoding.UTF8.GetString(json));
            _ = expected ? right++ : wrong++;
        }

        Assert.True(right > 1_000 && wrong > 1_000, $"{right} were right, {wrong} were wrong.");
    }

    [Theory]
    [InlineData(JsonObjectScan.MaxDepth, true)]
    [InlineData(JsonObjectScan.MaxDepth + 1, false)]
    [InlineData(100_000, false)]
    public void WhatIsNestedDeeplyIsLeftToAParser(int depth, bool isSure)
        => Assert.Equal(isSure, JsonObjectScan.IsObjectWith(Encoding.UTF8.GetBytes($"{{\"eventName\":\"{new string('n', 64)}\",\"a\":{new string('[', depth)}{new string(']', depth)}}}"), "eventName"u8));

    private static string Text(Random random, bool isRight)
    {
        var text = new StringBuilder();
        var parts = random.Next(40);
        for (var i = 0; i < parts; i++)
        {
            text.Append(!isRight && random.Next(20) == 0 ? WrongParts[random.Next(WrongParts.Length)] : Parts[random.Next(Parts.Length)]);
        }

        return text.ToString();
    }

    private static string Object(Random random)
    {
        var members = Enumerable.Range(0, random.Next(1, 12)).Select(i => $"\"m{i}\"{Blank(random)}:{Blank(random)}{Values[random.Next(Values.Length)]}{Blank(random)}").ToList();
        if (random.Next(5) > 0)
        {
            members.Insert(random.Next(members.Count), "\"eventName\":\"PutObject\"");
        }

        return $"{{{Blank(random)}\"long\":\"{new string('l', 64)}\",{string.Join(',', members)}}}";
    }

    private static string Blank(Random random) => random.Next(8) == 0 ? " \n\t\r"[..random.Next(5)] : string.Empty;

    private static void Spoil(Random random, ref byte[] json)
    {
        var signs = "{}[],:\"\\0-e.tn x\u0001"u8;
        var place = random.Next(json.Length);
        json = random.Next(3) switch
        {
            0 => [.. json[..place], .. json[(place + 1)..]],
            1 => [.. json[..place], signs[random.Next(signs.Length)], .. json[place..]],
            _ => [.. json[..place], signs[random.Next(signs.Length)], .. json[(place + 1)..]],
        };
    }

    // What a parser says, save that a name with escapes is not looked at.
    private static bool HasName(byte[] json)
    {
        try
        {
            var reader = new Utf8JsonReader(json);
            var hasName = false;
            while (reader.Read())
            {
                hasName |= reader is { CurrentDepth: 1, TokenType: JsonTokenType.PropertyName } && reader.ValueSpan.SequenceEqual("eventName"u8);
            }

            return hasName && json is [(byte)'{', .., (byte)'}'];
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static int End(ReadOnlySpan<byte> json)
    {
        try
        {
            var reader = new Utf8JsonReader(json, isFinalBlock: false, state: default);
            return reader.Read() ? (int)reader.BytesConsumed - 1 : -1;
        }
        catch (JsonException)
        {
            return -1;
        }
    }
}
