namespace LogDelivery.Patterns;

internal enum JsonValueKind
{
    Object,
    Array,
    String,
    Number,
    True,
    False,
    Null,
}
