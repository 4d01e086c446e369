using LogDelivery.Policies;
using Xunit;

namespace LogDelivery.Tests.Policies;

/// <summary>IAM user guide: reference_policies_elements_condition_operators, "Binary condition operators".</summary>
public class BinaryConditionTests
{
    [Theory]
    [InlineData("QmluYXJ5", "QmluYXJ5", Truth.True)]
    [InlineData("QmluYXJ5", "QmluYXJ6", Truth.False)]
    // Base64 knows case: this is another byte, not another spelling.
    [InlineData("QmluYXJ5", "qmluYXJ5", Truth.False)]
    [InlineData("QmluYXJ5", "QmluYXJ5AA==", Truth.False)]
    [InlineData("QQ==", "QQ==", Truth.True)]
    [InlineData("QQ==|QmluYXJ5", "QmluYXJ5", Truth.True)]
    [InlineData("", "", Truth.True)]
    // What is no base64 equals nothing.
    [InlineData("QQ==", "***", Truth.False)]
    [InlineData("QQ==", "QQ=", Truth.False)]
    [InlineData("QQ==", "QQ ==", Truth.False)]
    public void Values_are_compared_byte_by_byte(string policy, string request, Truth expected)
    {
        Assert.Equal(expected, Given.Test("BinaryEquals", policy, request));
        Assert.Equal(expected, Given.Test("BinaryEqualsIfExists", policy, request));
    }
}
