// SPDX-License-Identifier: Apache-2.0

import StrictJSON
import Testing

@testable import Cedar

/// The formatter's layouts. Those without comments are what Cedar's own formatter makes of the text.
@Suite struct PolicyFormatterTests {
    private static func format(_ text: String, width: Int = 80, indent: Int = 2) throws -> String {
        let formatter = PolicyFormatter(lineWidth: width, indentWidth: indent)
        let output = try formatter.format(PolicyFile(name: "test", bytes: Array(text.utf8)))
        #expect(try formatter.format(PolicyFile(name: "again", bytes: output)) == output, "\(text)")
        #expect(FormatsCase.lostComments(UTF8String(text), output) == [])
        return String(decoding: output, as: UTF8.self)
    }

    private static let plain: [(String, String)] = [
        ("", ""),
        ("permit(principal,action,resource,);", "permit (principal, action, resource);\n"),
        (
            #"@a@b("x")forbid(principal==U::"a",action in[Action::"x",],resource is N::T in ?resource);"#,
            """
            @a
            @b("x")
            forbid (
              principal == U::"a",
              action in [Action::"x"],
              resource is N::T in ?resource
            );

            """
        ),
        (
            "permit(principal,action,resource)when{007+1*-2==(3)}unless{!!true};permit(principal,action,resource);",
            """
            permit (principal, action, resource)
            when { 7 + 1 * -2 == (3) }
            unless { !!true };

            permit (principal, action, resource);

            """
        ),
        (
            "permit(principal,action,resource)when{context.aaaaaaaaaaaaaaaaaaaaaaaa.b&&"
                + "context.cccccccccccccccccccccccccccccccccc has d.e&&{a:1,\"b c\":[],}==context};",
            """
            permit (principal, action, resource)
            when
            {
              context.aaaaaaaaaaaaaaaaaaaaaaaa.b &&
              context.cccccccccccccccccccccccccccccccccc has d.e &&
              { a: 1, "b c": [] } == context
            };

            """
        ),
        (
            "permit(principal,action,resource)when{if context.aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa then "
                + "context.bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb else [1,2].contains(3)};",
            """
            permit (principal, action, resource)
            when
            {
              if
                context.aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa
              then
                context.bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb
              else
                [1, 2].contains(3)
            };

            """
        ),
        (
            "permit(principal,action,resource)when{principal is N::T in [U::\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\","
                + "U::\"bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb\"]};",
            """
            permit (principal, action, resource)
            when
            {
              principal is N::T
              in [U::"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
                 U::"bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"]
            };

            """
        ),
    ]

    @Test(arguments: plain)
    func `text without comments is laid out as Cedar lays it out`(text: String, expected: String) throws {
        #expect(try Self.format(text) == expected)
    }

    @Test func `width and indent are the caller's`() throws {
        let text = "permit(principal,action==Action::\"read\",resource)when{context.a.b};"
        let expected = """
            permit (
                principal,
                action ==
                    Action::"read",
                resource
            )
            when { context.a.b };

            """
        #expect(try Self.format(text, width: 24, indent: 4) == expected)
    }

    @Test func `comments stay behind and above what they are about`() throws {
        let text = """
            // The file.

            @id("a") // who
            permit(principal in Group::"admins", // only the admins
            action in [
               Action::"view", // looking
               // and
               Action::"edit",   // editing
            ], resource)
            when {
             // business hours
             context.hour >= 9 && context.hour < 17 // not later
               // and from the office
             && context.ip.isInRange(ip("10.0.0.0/8"))
             // and that is all
            }; // done
            //next
            forbid(principal,action,resource) when { resource.secret // no
            };
            // the end

            // really
            """
        let expected = """
            // The file.
            @id("a") // who
            permit (
              principal in Group::"admins", // only the admins
              action in
                [Action::"view", // looking
                 // and
                 Action::"edit" // editing
                ],
              resource
            )
            when
            {
              // business hours
              context.hour >= 9 &&
              context.hour < 17 // not later
              // and from the office
              &&
              context.ip.isInRange(ip("10.0.0.0/8"))
              // and that is all
            }; // done

            //next
            forbid (principal, action, resource)
            when
            {
              resource.secret // no
            };
            // the end
            // really

            """
        #expect(try Self.format(text) == expected)
    }

    @Test func `a comment between any two tokens is kept`() throws {
        let text =
            #"@ a ( "x" ) permit ( principal is N :: T in ?principal , action in [ Action :: "a" , ] , resource , ) "#
            + #"when { if ! true then - 1 else [ 1 , 2 , ] . contains ( { a : 1 , "b" : 2 , } [ "c" ] , ) } "#
            + #"unless { ( context has a . b ) || "x" like "*" && 1 + 2 * 3 == ip ( ) } ; "#
        let spaces = text.indices.filter { text[$0] == " " }
        for space in spaces {
            for comment in [" // c\n", "\n// c\n// d\n", " // c\n\n\n// d\n"] {
                let commented = text.replacingCharacters(at: space, with: comment)
                _ = try Self.format(commented)
            }
        }
        _ = try Self.format(spaces.reversed().reduce(text) { $0.replacingCharacters(at: $1, with: " // c\n// d\n") })
    }

    @Test func `what looks like a comment in a string is none`() throws {
        let text = "permit (principal, action, resource)\nwhen { \"// a\n\n  // b\" == context.\"};"
        #expect(throws: PolicyErrors.self) { try Self.format(text) }
        let right = "permit (principal, action, resource)\nwhen { context.a == \"// a\n\n  // b \" };\n"
        #expect(try Self.format(right) == right)
    }

    @Test func `a comment ends with a carriage return too`() throws {
        let text = "// a\r// b\r\npermit (principal, action, resource); // c\r// d"
        #expect(try Self.format(text) == "// a\n// b\npermit (principal, action, resource); // c\n// d\n")
    }

    @Test func `a file with mistakes is not laid out`() {
        let file = PolicyFile(name: "bad", bytes: Array("permit (principal, action)".utf8))
        let error = #expect(throws: PolicyErrors.self) { try PolicyFormatter().format(file) }
        #expect(error?.all.map(\.code) == [.unexpectedToken])
    }

    @Test(arguments: [
        ("a\u{301}", 1), ("\u{e9}", 1), ("日本", 4), ("\u{1f600}", 2), ("\u{200d}", 0), ("\u{ad}", 0), ("\u{0}\u{7f}", 2),
        ("\u{1f468}\u{200d}\u{1f469}\u{200d}\u{1f467}", 2), ("가", 2), ("\u{1100}\u{1161}", 2), ("ا", 1),
    ])
    func `widths are those of a terminal`(text: String, columns: Int) {
        #expect(DisplayWidth.columns(of: UTF8String(text)) == columns)
    }
}

extension String {
    fileprivate func replacingCharacters(at index: String.Index, with text: String) -> String {
        String(self[..<index]) + text + String(self[self.index(after: index)...])
    }
}
