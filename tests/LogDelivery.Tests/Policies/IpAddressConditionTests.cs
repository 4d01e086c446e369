using LogDelivery.Policies;
using Xunit;

namespace LogDelivery.Tests.Policies;

/// <summary>IAM user guide: reference_policies_elements_condition_operators, "IP address condition operators".</summary>
public class IpAddressConditionTests
{
    [Theory]
    [InlineData("203.0.113.0/24", "203.0.113.0", true)]
    [InlineData("203.0.113.0/24", "203.0.113.255", true)]
    [InlineData("203.0.113.0/24", "203.0.114.0", false)]
    [InlineData("203.0.113.0/24", "203.0.112.255", false)]
    // Bits behind the prefix do not count.
    [InlineData("203.0.113.77/24", "203.0.113.1", true)]
    [InlineData("203.0.113.8/31", "203.0.113.9", true)]
    [InlineData("203.0.113.8/31", "203.0.113.10", false)]
    // An address without prefix is that address.
    [InlineData("203.0.113.9", "203.0.113.9", true)]
    [InlineData("203.0.113.9", "203.0.113.10", false)]
    [InlineData("203.0.113.9/32", "203.0.113.9", true)]
    [InlineData("0.0.0.0/0", "203.0.113.9", true)]
    [InlineData("128.0.0.0/1", "203.0.113.9", true)]
    [InlineData("128.0.0.0/1", "127.255.255.255", false)]
    [InlineData("2001:db8::/32", "2001:db8:1::1", true)]
    [InlineData("2001:db8::/32", "2001:db9::1", false)]
    [InlineData("2001:db8::/127", "2001:db8::1", true)]
    [InlineData("2001:db8::/127", "2001:db8::2", false)]
    [InlineData("::/0", "2001:db8::1", true)]
    // Two spellings of one address.
    [InlineData("2001:db8::1", "2001:0DB8:0:0:0:0:0:1", true)]
    [InlineData("2001:db8::1", "2001:db8::2", false)]
    [InlineData("2001:db8::192.0.2.1", "2001:db8::c000:201", true)]
    // No address of the other family is in a range.
    [InlineData("0.0.0.0/0", "2001:db8::1", false)]
    [InlineData("::/0", "203.0.113.9", false)]
    [InlineData("203.0.113.9", "2001:db8::1", false)]
    [InlineData("2001:db8::1", "203.0.113.9", false)]
    [InlineData("198.51.100.0/24|203.0.113.0/24", "203.0.113.9", true)]
    [InlineData("198.51.100.0/24|203.0.113.0/24", "192.0.2.1", false)]
    // What is no address is in no range.
    [InlineData("0.0.0.0/0", "junk", false)]
    [InlineData("0.0.0.0/0", "", false)]
    [InlineData("0.0.0.0/0", "AWS Internal", false)]
    [InlineData("0.0.0.0/0", "1.2.3", false)]
    [InlineData("0.0.0.0/0", "1.2.3.256", false)]
    [InlineData("0.0.0.0/0", "1.2.3.4.5", false)]
    [InlineData("0.0.0.0/0", "1..3.4", false)]
    [InlineData("0.0.0.0/0", "16909060", false)]
    [InlineData("0.0.0.0/0", "0x1.2.3.4", false)]
    // Some readers take a leading zero for octal; it is not written at all.
    [InlineData("0.0.0.0/0", "010.2.3.4", false)]
    [InlineData("0.0.0.0/0", "1.2.3.4 ", false)]
    [InlineData("::/0", "fe80::1%eth0", false)]
    [InlineData("::/0", "[::1]", false)]
    [InlineData("::/0", "1::2::3", false)]
    public void An_address_is_in_the_range_or_not(string policy, string request, bool inside)
    {
        Assert.Equal(inside ? Truth.True : Truth.False, Given.Test("IpAddress", policy, request));
        Assert.Equal(inside ? Truth.True : Truth.False, Given.Test("IpAddressIfExists", policy, request));
        Assert.Equal(inside ? Truth.False : Truth.True, Given.Test("NotIpAddress", policy, request));
        Assert.Equal(inside ? Truth.False : Truth.True, Given.Test("NotIpAddressIfExists", policy, request));
    }
}
