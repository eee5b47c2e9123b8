// SPDX-License-Identifier: Apache-2.0

import Cedar
import StrictJSON
import Testing

@Suite struct IPAddressTests {
    @Test(
        arguments: [
            ("1.2.3.4", "1.2.3.4"), ("1.2.3.4/32", "1.2.3.4"), ("1.2.3.4/24", "1.2.3.4/24"), ("0.0.0.0/0", "0.0.0.0/0"),
            ("255.255.255.255", "255.255.255.255"), ("::", "::"), ("::1", "::1"), ("::0001", "::1"), ("::1/128", "::1"),
            ("::/0", "::/0"), ("1::", "1::"), ("1:2:3:4:5:6:7:8", "1:2:3:4:5:6:7:8"),
            ("1:2:3:4:5:6:7::", "1:2:3:4:5:6:7:0"),
            ("::2:3:4:5:6:7:8", "0:2:3:4:5:6:7:8"), ("FF02::00AB", "ff02::ab"), ("1:0:0:2:0:0:0:3", "1:0:0:2::3"),
            ("1:0:0:2:3:0:0:4", "1::2:3:0:0:4"), ("::ffff:102:304", "::ffff:102:304"),
            ("2001:db8::/32", "2001:db8::/32"),
            ("ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"),
            ("ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff/100", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff/100"),
        ] as [(UTF8String, String)])
    func `an address is printed canonically and read back`(text: UTF8String, canonical: String) throws {
        let address = try #require(CedarIPAddress(text))
        #expect(address.description == canonical)
        #expect(CedarIPAddress(UTF8String(canonical)) == address)
    }

    @Test(
        arguments: [
            "", "/", "/8", "1", "1.2.3", "1.2.3.4.5", "1.2.3.256", "01.2.3.4", "1.2.3.04", "1.2.3.4/", "1.2.3.4/33",
            "1.2.3.4/00",
            "1.2.3.4/08", "1.2.3.4/+8", "1.2.3.4/-1", "1.2.3.4/8/8", "1.2.3.4 ", " 1.2.3.4", "1.2.3.", ".1.2.3",
            "1..2.3", "a.b.c.d",
            "0x1.2.3.4", "\u{661}.2.3.4", ":", ":::", "1:", ":1", "1:2", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9",
            "1:2:3:4:5:6:7:8::",
            "::1:2:3:4:5:6:7:8", "1::2:3:4:5:6:7:8", "1::2::3", "12345::", "::00001", "g::", "::1/129", "::1/0128",
            "::1/00",
            "::1/1000", "fe80::1%eth0", "::1.2.3.4", "::ffff:1.2.3.4", "1:2:3:4:5:6:1.2.3.4", "[::1]", "1.2.3.4\0",
            "0000:0000:0000:0000:0000:0000:0000:0001/0128",
        ] as [UTF8String])
    func `a text that is no address is refused`(text: UTF8String) {
        #expect(CedarIPAddress(text) == nil)
    }

    @Test func `equality keeps the prefix and the family`() {
        #expect(CedarIPAddress("127.0.0.1/8") != CedarIPAddress("127.0.0.0/8"))
        #expect(CedarIPAddress("127.0.0.1/8") != CedarIPAddress("127.0.0.1"))
        #expect(CedarIPAddress("0.0.0.1") != CedarIPAddress("::1"))
        #expect(CedarIPAddress("::ffff:102:304") != CedarIPAddress("1.2.3.4"))
    }

    @Test(
        arguments: [
            ("1.2.3.4", "1.2.3.0/24", true), ("1.2.4.4", "1.2.3.0/24", false), ("1.2.3.0/24", "1.2.3.0/24", true),
            ("1.2.3.0/23", "1.2.3.0/24", false), ("1.2.3.7/24", "1.2.3.9/24", true),
            ("255.255.255.255", "0.0.0.0/0", true),
            ("::1", "::/0", true), ("::1", "0.0.0.0/0", false), ("1.2.3.4", "::/0", false), ("::/0", "::/1", false),
            ("ff00::1", "ff00::/8", true), ("fe00::1", "ff00::/8", false), ("::1/127", "::", false),
            ("::", "::1/127", true),
        ] as [(UTF8String, UTF8String, Bool)])
    func `a network is in range when all its addresses are`(one: UTF8String, other: UTF8String, isIn: Bool) throws {
        #expect(try #require(CedarIPAddress(one)).isInRange(try #require(CedarIPAddress(other))) == isIn)
    }

    @Test(
        arguments: [
            ("127.0.0.1", true, false), ("127.255.0.0/8", true, false), ("127.0.0.0/7", false, false),
            ("126.0.0.1", false, false),
            ("224.0.0.1", false, true), ("239.255.255.255", false, true), ("224.0.0.0/4", false, true),
            ("224.0.0.0/3", false, false),
            ("240.0.0.0", false, false), ("::1", true, false), ("::1/127", false, false), ("::2", false, false),
            ("ff00::", false, true), ("ff00::/8", false, true), ("ff00::/7", false, false), ("fe00::", false, false),
        ] as [(UTF8String, Bool, Bool)])
    func `loopback and multicast are of whole networks`(text: UTF8String, isLoopback: Bool, isMulticast: Bool) throws {
        let address = try #require(CedarIPAddress(text))
        #expect(address.isLoopback == isLoopback)
        #expect(address.isMulticast == isMulticast)
    }
}
