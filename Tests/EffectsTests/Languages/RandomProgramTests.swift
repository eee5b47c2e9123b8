// SPDX-License-Identifier: Apache-2.0

import StrictJSON
import Testing

@testable import Effects

@Suite struct RandomProgramTests {
    private static let fragments = [
        "s/a/b/", "w x", "e", "{", "}", "(", ")", "[", "]", "\"", "'", "`", "\\", "/", "//", "/*", "*/", "#", "\n", ";",
        ",", ".", ":", "::", "=", "==", "=>", "->", "<", "<<", ">", "|", "|&", "&", "@", "$", "$x", "@F", "%", "?", "!",
        "~", "-", "--", "+", "*", "1", "0x", "1e", "é", " ", "\t",
        "print", "getline", "system", "import", "from", "as", "open", "in", "for", "f'{", "}'", "require", "const",
        "function", "process", "SELECT", "FROM", "WITH", "INSERT INTO", "UPDATE", "SET", "DELETE", "JOIN", "ON",
        "WHERE", "t", "$$", "E'", "/*!", "COPY", "PRAGMA", "ATTACH", "LIMIT", "UNION", ".read", "\\!",
        "tr", "y", "qq", "use", "puts", "File", "echo", "file_get_contents", "${", "#{", "\\(", "def", "if", "MERGE",
        "CREATE TABLE", "ALTER TABLE", "USING", "VALUES", "GRANT", "EXPLAIN", "SHOW", "OFFSET", "FOR", "WINDOW", "AS",
        "IN", "LOAD DATA INFILE",
    ]

    private func program(_ state: inout UInt64, _ count: Int) -> String {
        var text = ""
        for _ in 0..<count {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            text += Self.fragments[Int((state >> 33) % UInt64(Self.fragments.count))]
            if state >> 60 < 8 { text += " " }
        }
        return text
    }

    @Test(arguments: ProgramAction.Language.allCases)
    func `any text at all has an answer, and the same one twice`(language: ProgramAction.Language) {
        var state: UInt64 = 7
        for count in 0..<400 {
            let code = UTF8String(program(&state, count % 40))
            let actions = CodeEffects.actions(of: language, code: code)
            #expect(actions == CodeEffects.actions(of: language, code: code))
            #expect(actions.count <= Limits.codeActionsMax)
        }
    }

    @Test(arguments: ProgramAction.Language.allCases)
    func `long texts of one kind have an answer`(language: ProgramAction.Language) {
        for fragment in Self.fragments {
            for text in [fragment, fragment + " ", fragment + "x", "a " + fragment] {
                let code = String(repeating: text, count: 400 / text.utf8.count)
                #expect(CodeEffects.actions(of: language, code: UTF8String(code)).count <= Limits.codeActionsMax)
            }
        }
    }
}
