using System.Text.Json;
using LogDelivery.Requests;

namespace LogDelivery.Faces.Tests;

/// <summary>What one face says to a question: the outcome, the rows as JSON, and the text for messages of the test.</summary>
internal sealed record Answer(Outcome Outcome, IReadOnlyList<JsonElement> Rows, string Text);
