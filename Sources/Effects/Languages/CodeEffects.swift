// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// What a short program in another language would do: `sed 's/a/b/'`, `awk '{print $1}'`, `python3 -c 'print(1)'`.
///
/// The world is closed. Each language has a small, exact reader; a program is harmless only where every token of it is
/// understood to be. Whatever else it is, a name that is not on a list, a text that two versions of the interpreter
/// would cut differently, is opaque code. Nothing is run.
enum CodeEffects {
    /// What the program does beside reading its operands or standard input and writing to standard output: nothing for
    /// a harmless one. Paths are as the program gets them. At most `Limits.codeActionsMax`, else opaque code alone.
    static func actions(of language: ProgramAction.Language, code: UTF8String) -> [ProgramAction] {
        guard code.byteCount <= Limits.codeBytesMax, !hasTreacherousText(code) else { return [.opaque(.code)] }
        do throws(NotUnderstood) {
            let actions =
                switch language {
                case .sed: try SedProgram.actions(of: code)
                case .awk: try AwkProgram.actions(of: code)
                case .jq: try JQFilter.actions(of: code)
                case .perl: try PerlProgram.actions(of: code)
                case .python: try PythonProgram.actions(of: code)
                case .node: try NodeProgram.actions(of: code)
                case .ruby: try RubyProgram.actions(of: code)
                case .php: try PHPProgram.actions(of: code)
                case .sql: SQLEffects.actions(of: code)
                case .lua, .other: throw NotUnderstood()
                }
            return actions.count <= Limits.codeActionsMax ? distinct(actions) : [.opaque(.code)]
        } catch {
            return [.opaque(.code)]
        }
    }

    /// Control characters, and line ends that only some programs take for such, are for hiding code behind comments.
    private static func hasTreacherousText(_ code: UTF8String) -> Bool {
        var before: UInt8 = 0
        for scalar in code.string.unicodeScalars {
            let value = scalar.value
            if before == 0x0d, value != 0x0a { return true }
            if value < 0x20, ![0x09, 0x0a, 0x0d].contains(value) { return true }
            if value == 0x7f || (0x80...0x9f).contains(value) || value == 0x2028 || value == 0x2029 { return true }
            if value == 0xfeff || (0x200b...0x200f).contains(value) || (0x202a...0x202e).contains(value) { return true }
            before = value < 0x80 ? UInt8(value) : 0
        }
        return before == 0x0d
    }

    private static func distinct(_ actions: [ProgramAction]) -> [ProgramAction] {
        var seen: Set<ProgramAction> = []
        return actions.filter { seen.insert($0).inserted }
    }
}

/// Where a reader of a language gives up; the program is opaque then.
struct NotUnderstood: Error {}
