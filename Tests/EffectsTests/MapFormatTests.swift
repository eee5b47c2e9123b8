// SPDX-License-Identifier: Apache-2.0

import Effects
import StrictJSON
import Testing

/// What a tool map can say besides where a resource is named.
@Suite struct MapFormatTests {
    private static let patch = #"{"/p":{"kind":"patch"}}"#
    private static let write = #"opaque Opaque::"path-write""#

    private func patched(_ text: String) throws -> [String] {
        let effects = try EffectDeriver.effects(
            parameters: ["p": .text(text)], map: map(Self.patch), environment: documents
        ).effects
        return effects.map { "\($0.verb.rawValue) \($0.resource.name.id)" }
    }

    private static let patches: [(String, [String])] = [
        ("*** Begin Patch\n*** Add File: a\n+*** Delete File: b\n*** End Patch", ["write /srv/docs/a"]),
        ("*** Begin Patch\r\n*** Add File: a\r\n+x\r\n*** End Patch\r\n", ["write /srv/docs/a"]),
        ("<<'EOF'\n*** Begin Patch\n  *** delete file:   a\n*** End Patch\nEOF", ["delete /srv/docs/a"]),
        (
            "*** Begin Patch\n*** Update File: a\n@@\n *** Delete File: c\n-x\n+y\n*** End of File\n*** End Patch",
            ["read /srv/docs/a", "write /srv/docs/a", "delete /srv/docs/c"]
        ),
        (
            "*** Begin Patch\n*** Update File: a\n*** Move to: /etc/b\n*** End Patch",
            ["read /srv/docs/a", "write /etc/b", "write /srv/docs/a", "delete /srv/docs/a"]
        ),
        ("*** Begin Patch\n*** Move to: /etc/b\n*** End Patch", ["opaque path-write"]),
        ("*** Begin Patch\n*** Environment ID: x\n*** Add File: a\n*** End Patch", ["opaque path-write"]),
        ("*** Begin Patch\n*** Add File: $HOME/a\n*** End Patch", ["opaque path-write"]),
        ("*** Begin Patch\n*** End Patch", ["opaque path-write"]), ("", ["opaque path-write"]),
        ("rm -rf /", ["opaque path-write"]),
        (
            "--- /etc/x\n+++ /etc/x\n@@ -1 +1 @@\n-*** Begin Patch\n+*** Add File: a\n",
            ["read /etc/x", "read /srv/docs/etc/x", "write /etc/x", "write /srv/docs/etc/x"]
        ),
        ("*** Begin Patch\n\u{a0}*** Add File: /etc/x\n+x\n*** End Patch", ["write /etc/x"]),
        ("*** Begin Patch\n\u{b}\u{c}*** Add File: /etc/x\n+x\n*** End Patch", ["write /etc/x"]),
        ("*** Begin Patch\n\r*** Delete File: /etc/x\n*** End Patch", ["delete /etc/x"]),
        ("*** Begin Patch\n\u{85}\u{feff}*** Add File: /etc/x\n+x\n*** End Patch", ["write /etc/x"]),
        ("\u{2028}*** Begin Patch\n\u{3000}*** Add File:\u{1680}/etc/x\n+x\n*** End Patch", ["write /etc/x"]),
        (
            "*** Begin Patch\n*** Add File: a\u{2003}\n+x\n*** End Patch",
            ["write /srv/docs/a", "write /srv/docs/a ", "write /srv/docs/a\u{2003}"]
        ),
        ("x\n*** Begin Patch\n*** Add File: a\n*** End Patch", ["opaque path-write"]),
    ]

    private static let conditions: [(String, String, [String])] = [
        (#"{"/a":["x","y*"]}"#, #"{"a":"x"}"#, ["opaque code"]), (#"{"/a":"x"}"#, #"{"a":" X\n"}"#, ["opaque code"]),
        (#"{"/a":["x","y*"]}"#, #"{"a":"yes"}"#, ["opaque code"]), (#"{"/a":"x"}"#, #"{"a":"xx"}"#, []),
        (#"{"/a":"x"}"#, "{}", []), (#"{"/a":null}"#, "{}", ["opaque code"]),
        (#"{"/a":null}"#, #"{"a":" "}"#, ["opaque code"]),
        (#"{"/a":null}"#, #"{"a":"x"}"#, []), (#"{"/a":"x","/b":null}"#, #"{"a":"x","b":"y"}"#, []),
        (#"{"/a":"x","/b":null}"#, #"{"a":"x"}"#, ["opaque code"]),
    ]

    @Test(arguments: Self.conditions)
    func `an effect with conditions is one where they hold, however it is written`(
        when: String, arguments: String, effects: [String]
    ) throws {
        let found = try derived(
            arguments, #"{"/a":{"inert":"any","optional":true},"/b":{"inert":"any","optional":true}}"#,
            more: #","effects":[{"opaque":"code","when":\#(when)}]"#)
        #expect(found.map { "\($0.verb.rawValue) \($0.resource.name.id)" } == effects)
    }

    @Test func `what spares an effect is the exact text alone`() throws {
        for (text, effects) in [("view", 1), ("View", 2), (" view", 2), ("", 2)] {
            let found = try derived(
                #"{"c":"\#(text)","p":"/a"}"#, #"{"/c":"inert","/p":{"verb":"read","kind":"path"}}"#,
                more: #","effects":[{"verb":"write","kind":"path","from":"/p","unless":{"/c":"view"}}]"#)
            #expect(found.count == effects, "\(text)")
        }
    }

    @Test func `a place for many takes one as well, and a word is no option`() throws {
        let many = #"{"/p":{"verb":"read","kind":"path","many":true}}"#
        #expect(try described(#"{"p":"/a"}"#, many) == [#"read File::"/a""#])
        #expect(try described(#"{"p":["/a","/b"]}"#, many) == [#"read File::"/a""#, #"read File::"/b""#])
        #expect(try described(#"{"p":[["/a"]]}"#, many) == [#"opaque Opaque::"arguments""#])
        let word = #"{"/p":{"inert":"word"}}"#
        #expect(try described(#"{"p":"a-b"}"#, word).isEmpty)
        for text in ["-x", " -x", #"\u00a0--x"#] {
            #expect(try described(#"{"p":"\#(text)"}"#, word) == [#"opaque Opaque::"arguments""#])
        }
    }

    @Test(arguments: Self.patches)
    func `a patch touches the files that it names`(text: String, effects: [String]) throws {
        #expect(try patched(text) == effects)
    }

    private static let diffs: [(String, [String])] = [
        (
            "--- a/x\t2026\n+++ b/x\t2026\n@@ -1,2 +1 @@\n-one\n--- /etc/passwd\n+two\n",
            [
                "read /srv/docs/a/x", "read /srv/docs/b/x", "read /srv/docs/x", "write /srv/docs/a/x",
                "write /srv/docs/b/x", "write /srv/docs/x",
            ]
        ),
        ("--- /dev/null\n+++ new\n@@ -0,0 +1 @@\n+x\n", ["write /srv/docs/new"]),
        ("--- old\n+++ /dev/null\n@@ -1 +0,0 @@\n-x\n", ["delete /srv/docs/old"]),
        (
            "--- a//etc/passwd\n+++ a//etc/passwd\n@@ -1 +1 @@\n-x\n+y\n",
            [
                "read /etc/passwd", "read /srv/docs/a/etc/passwd", "read /srv/docs/etc/passwd", "write /etc/passwd",
                "write /srv/docs/a/etc/passwd", "write /srv/docs/etc/passwd",
            ]
        ),
        (
            "diff --git x y\nrename from x\nrename to /etc/y\n",
            [
                "read /srv/docs/x", "read /srv/docs/y", "write /etc/y", "write /srv/docs/etc/y", "write /srv/docs/y",
                "delete /srv/docs/x",
            ]
        ),
        (
            "diff --git x x\ndeleted file mode 100644\n",
            ["read /srv/docs/x", "write /srv/docs/x", "delete /srv/docs/x"]
        ),
        ("--- a\n", ["opaque path-write"]), ("--- a\n+++ b c\n", ["opaque path-write"]),
        ("--- \"a\"\n+++ \"b\"\n", ["opaque path-write"]),
        ("--- a\n+++ a\n@@ -1,9 +1,9 @@\n x\n", ["opaque path-write"]),
        ("--- a\n+++ a\n@@ -1,x +1 @@\n x\n", ["opaque path-write"]),
        ("diff --git x x\nGIT binary patch\nliteral 1\n", ["opaque path-write"]),
        ("*** a\n--- b\n", ["opaque path-write"]),
    ]

    @Test(arguments: Self.diffs)
    func `a unified diff touches the old and the new name, with and without the first folder`(
        text: String, effects: [String]
    ) throws {
        let found = try patched(text)
        #expect(Set(found) == Set(effects))
    }

    @Test func `a patch of many thousand lines is read in one go`() throws {
        let line = "+*** Delete File: /etc/passwd\n"
        let text = "*** Begin Patch\n*** Add File: a\n" + String(repeating: line, count: 50_000) + "*** End Patch"
        #expect(try patched(text) == ["write /srv/docs/a"])
        let many = (0..<300).map { "*** Delete File: f\($0)\n" }.joined()
        #expect(throws: EffectError.tooManyEffects) { try patched("*** Begin Patch\n\(many)*** End Patch") }
    }

    private static let patterns: [(String, String?)] = [
        ("*", "/srv/docs"), ("**/*.ts", "/srv/docs"), ("src/*", "/srv/docs/src"), ("a/b/*/c", "/srv/docs/a/b"),
        ("/*", "/"), ("/etc/p?sswd", "/etc"), ("../*", "/srv"), ("a.txt", "/srv/docs/a.txt"), ("src/", "/srv/docs/src"),
        ("*.{ts,tsx}", "/srv/docs"), (".{eslintrc,babelrc}", "/srv/docs"), ("*{,.test}.ts", "/srv/docs"),
        ("!*.min.js", "/srv/docs"), ("src/{a/b,c}/*.ts", "/srv/docs/src"), ("app/(group)/x", "/srv/docs/app"),
        ("[a-z]*", "/srv/docs"), ("...", nil), ("*/../x", nil), ("*/{.,x}./x", nil), ("*/{..,x}/y", nil),
        ("*/.{,x}./y", nil), ("*/.\\./y", nil), ("{x,../y}", nil), ("*/[.][.]/x", nil), ("*/{a/.,b}./x", nil),
        ("{1..3}", nil), ("", nil), ("$HOME/*", nil),
    ]

    @Test(arguments: Self.patterns)
    func `a search pattern reads the directory before its first wildcard`(pattern: String, directory: String?) throws {
        let found = try EffectDeriver.effects(
            parameters: ["p": .text(pattern)], map: map(#"{"/p":{"verb":"read","kind":"glob"}}"#),
            environment: documents
        ).effects.map(\.description)
        #expect(found == [directory.map { #"read File::"\#($0)""# } ?? #"opaque Opaque::"path-read""#])
    }

    @Test func `a search pattern starts from another argument`() throws {
        let map =
            #"{"/p":{"verb":"read","kind":"glob","base":["/d","/e"]},"/d":{"inert":"string","optional":true},"/e":{"inert":"string","optional":true}}"#
        #expect(try described(#"{"p":"x/*"}"#, map) == [#"read File::"/srv/docs/x""#])
        #expect(try described(#"{"p":"x/*","d":null}"#, map).contains(#"read File::"/srv/docs/x""#))
        #expect(try described(#"{"p":"x/*","e":"/etc"}"#, map) == [#"read File::"/etc/x""#])
        #expect(
            try described(#"{"p":"x/*","d":"/a","e":"/b"}"#, map) == [#"read File::"/a/x""#, #"read File::"/b/x""#])
        #expect(try described(#"{"p":"x/*","d":"$X"}"#, map) == [#"opaque Opaque::"path-read""#])
    }

    @Test func `what is absent or null means what the tool takes then`() throws {
        let map = #"{"/d":{"verb":"read","kind":"directory","default":"."}}"#
        #expect(try described("{}", map) == [#"read File::"/srv/docs""#])
        #expect(try described(#"{"d":"/etc"}"#, map) == [#"read File::"/etc""#])
        #expect(
            try described(#"{"d":null}"#, map) == [#"read File::"/srv/docs""#, #"opaque Opaque::"value""#])
    }

    @Test func `a command runs where another argument says`() throws {
        let map = #"{"/c":{"verb":"execute","kind":"command","base":"/d"},"/d":{"inert":"string","optional":true}}"#
        #expect(try described(#"{"c":"./x"}"#, map).contains(#"read File::"/srv/docs/x""#))
        #expect(
            try described(#"{"c":"./x","d":"sub"}"#, map) == [
                #"read File::"/srv/docs/sub""#, #"read File::"/srv/docs/sub/x""#, #"execute Program::"x""#,
                #"opaque Opaque::"project-code""#,
            ])
        #expect(
            try described(#"{"c":"./x","d":"/tmp"}"#, map) == [
                #"read File::"/tmp""#, #"read File::"/tmp/x""#, #"execute Program::"x""#, #"opaque Opaque::"program""#,
            ])
        #expect(
            try described(#"{"c":"./x","d":"`x`"}"#, map) == [
                #"execute Program::"x""#, #"opaque Opaque::"path-read""#, #"opaque Opaque::"program""#,
            ])
    }

    private static let appended: [(String, [String])] = [
        (#"{"c":"true"}"#, ["execute true"]),
        (#"{"c":"true","a":["x y","$(z)"]}"#, ["execute true", "execute z", "opaque program"]),
        (#"{"c":"true","a":["it's"]}"#, ["execute true", "opaque code"]), (#"{"c":"true","a":[]}"#, ["execute true"]),
        (#"{"c":"true","a":[""]}"#, ["execute true"]),
        (#"{"c":"true; x","a":["y"]}"#, ["execute true", "execute x", "opaque program"]),
        (#"{"c":"curl","a":["https://h.example/"]}"#, ["connect https://h.example/", "execute curl"]),
        (#"{"c":"true","a":["x",1]}"#, ["opaque arguments"]), (#"{"c":"true","a":{}}"#, ["opaque arguments"]),
    ]

    @Test(arguments: Self.appended)
    func `the words of another argument follow the command's`(arguments: String, effects: [String]) throws {
        let map =
            #"{"/c":{"verb":"execute","kind":"command","arguments":"/a"},"/a/-":{"inert":"string","optional":true}}"#
        let found = try derived(arguments, map).map { "\($0.verb.rawValue) \($0.resource.name.id)" }
        #expect(found == effects)
    }

    @Test func `a program gets the words of another argument without a shell`() throws {
        let map =
            #"{"/c":{"verb":"execute","kind":"program","arguments":"/a"},"/a/-":{"inert":"string","optional":true}}"#
        #expect(try described(#"{"c":"true","a":["$(z)","; x"]}"#, map) == [#"execute Program::"true""#])
        #expect(try described(#"{"c":"sh","a":["-c","x"]}"#, map).contains(#"execute Program::"x""#))
    }

    @Test func `a command may be a line or an array`() throws {
        let map = #"{"/c":{"verb":"execute","kind":"shell"}}"#
        #expect(try described(#"{"c":"true x"}"#, map) == [#"execute Program::"true""#])
        #expect(try described(#"{"c":["true","; x"]}"#, map) == [#"execute Program::"true""#])
        #expect(
            try described(#"{"c":["/bin/bash","-lc","true"]}"#, map) == [
                #"execute Program::"bash""#, #"execute Program::"true""#,
            ])
        #expect(try described(#"{"c":["bash","-s","x"]}"#, map).contains(#"opaque Opaque::"code""#))
        #expect(try described(#"{"c":[]}"#, map) == [#"opaque Opaque::"arguments""#])
        #expect(try described(#"{"c":{}}"#, map) == [#"opaque Opaque::"arguments""#])
    }

    @Test func `an array of words may have a shell's operators`() throws {
        let map = #"{"/c":{"verb":"execute","kind":"words"}}"#
        #expect(try described(#"{"c":["true","a b"]}"#, map) == [#"execute Program::"true""#])
        // Some cut words at the marks in them, some do not.
        #expect(
            try described(#"{"c":["true","a;b"]}"#, map) == [#"execute Program::"true""#, #"opaque Opaque::"code""#])
        #expect(try described(#"{"c":["true","|","sh"]}"#, map).contains(#"execute Program::"sh""#))
        #expect(try described(#"{"c":"true"}"#, map) == [#"opaque Opaque::"arguments""#])
    }

    private static let addresses: [(String, [String])] = [
        ("see https://A.example/x, and http://b.example", ["https://a.example/x", "http://b.example/"]),
        ("[x](https://a.example/x)", ["https://a.example/x"]),
        ("https://a.example,https://b.example/", ["https://b.example/"]),
        ("nothing", []), ("ftp://a.example/", []), ("https://", []), ("https://u@a.example/", []),
    ]

    @Test(arguments: Self.addresses)
    func `every address in a text is visited`(text: String, urls: [String]) throws {
        let found = try EffectDeriver.effects(
            parameters: ["p": .text(text)], map: map(#"{"/p":{"verb":"connect","kind":"urls"}}"#),
            environment: documents
        ).effects
        for url in urls { #expect(found.contains { $0.resource.name.id == UTF8String(url) }, "\(url)") }
        if urls.isEmpty { #expect(found.map(\.description).contains(#"opaque Opaque::"host""#)) }
    }

    @Test func `an effect's value may have arguments within`() throws {
        let map = #"{"/o":{"inert":"string"},"/n":{"inert":"any","optional":true}}"#
        let url = #","effects":[{"verb":"connect","kind":"url","value":"https://h.example/{/o}?n={/n}"}]"#
        #expect(
            try described(#"{"o":"a#b","n":7}"#, map, more: url) == [#"connect URL::"https://h.example/a%23b?n=7""#])
        #expect(try described(#"{"o":"a"}"#, map, more: url) == [])
        for hostile in ["..", "a/b", "a?b", "a%2f", "a b", "", "a\\\\b"] {
            #expect(try described(#"{"o":"\#(hostile)","n":1}"#, map, more: url) == [#"opaque Opaque::"host""#])
        }
        let github = #","effects":[{"verb":"connect","kind":"github","value":"repos/{/o}"}]"#
        #expect(
            try described(#"{"o":"ACME"}"#, map, more: github) == [#"connect URL::"https://api.github.com/repos/acme""#]
        )
    }

    @Test func `an empty text is no code`() throws {
        let map = #"{"/c":{"opaque":"code"},"/p":{"opaque":"path-read"}}"#
        #expect(try described(#"{"c":"","p":""}"#, map) == [#"opaque Opaque::"path-read""#])
        #expect(try described(#"{"c":" ","p":""}"#, map).contains(#"opaque Opaque::"code""#))
    }

    @Test(arguments: [
        #"{"/a":{"verb":"read","kind":"patch"}}"#, #"{"/a":{"verb":"write","kind":"glob"}}"#,
        #"{"/a":{"inert":"string","default":"x"}}"#, #"{"/a":{"verb":"read","kind":"path","default":1}}"#,
        #"{"/a":{"verb":"execute","kind":"argv","default":"x"}}"#,
        #"{"/a":{"verb":"read","kind":"path","arguments":"/b"},"/b/-":"inert"}"#,
        #"{"/a":{"verb":"execute","kind":"command","arguments":"/b"},"/b":"inert"}"#,
        #"{"/a":{"verb":"execute","kind":"command","base":"/b"}}"#,
        #"{"/a":{"verb":"execute","kind":"command","base":["/b",1]},"/b":"inert"}"#,
        #"{"/a":{"verb":"send","kind":"recipient","base":"/b"},"/b":"inert"}"#,
        #"{"/a":{"verb":"execute","kind":"uri"}}"#,
    ])
    func `a rule that cannot be meant is refused`(parameters: String) {
        #expect(throws: ToolMapError.self) { try map(parameters) }
    }

    @Test(arguments: ["https://h/{/zz}", "https://h/{/a", "https://h/{}", "https://h/{a}"])
    func `a value's places are parameters`(value: String) {
        let more = #","effects":[{"verb":"connect","kind":"url","value":"\#(value)"}]"#
        #expect(throws: ToolMapError.self) { try map(#"{"/a":"inert"}"#, more: more) }
    }

    @Test func `a map says what its tool can do`() throws {
        let tool = try #require(try map(Self.patch))
        #expect(tool.verbs == [.read, .write, .delete])
        #expect(!tool.hasOpaqueParts)
    }
}
