// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// A jq filter. Filters work on JSON alone, save for `import`, `include` and `modulemeta`, which load files.
enum JQFilter {
    static func actions(of code: UTF8String) throws(NotUnderstood) -> [ProgramAction] {
        var cursor = CodeCursor(code)
        var actions: [ProgramAction] = []
        try filter(&cursor, &actions, depth: 0)
        return actions
    }

    /// yq's own: they read a file, and the last runs a program.
    private static let readers = words("load load_str load_xml load_props load_base64 strload loadstr")

    /// What `load("x")` reads, where the name has gone by.
    private static func load(
        _ name: UTF8String, _ cursor: CodeCursor, _ actions: inout [ProgramAction]
    ) throws(NotUnderstood) {
        var cursor = cursor
        cursor.skipSpace()
        guard cursor.take("(") else { return }
        guard readers.contains(name) else {
            if name == "system" { throw NotUnderstood() }
            return
        }
        cursor.skipSpace()
        let isText = cursor.take("\"")
        let text = cursor.take { $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") }
        guard isText, cursor.take("\"") else { return actions.append(.path([.read], .unknown)) }
        cursor.skipSpace()
        actions.append(.path([.read], cursor.byte == UInt8(ascii: ")") ? ShellValue(bytes: text) : .unknown))
    }

    private static let loading = words("import include modulemeta get_search_list")
    private static let operators = Set(".,:;|=<>!+-*/%?()[]{}$@".utf8)

    /// To the end, or to the bracket that closes a string's `\(…)`.
    private static func filter(
        _ cursor: inout CodeCursor, _ actions: inout [ProgramAction], depth: Int
    ) throws(NotUnderstood) {
        guard depth <= Limits.codeDepthMax else { throw NotUnderstood() }
        var brackets = 0
        while !cursor.isAtEnd {
            let byte = cursor.byte
            if byte == UInt8(ascii: "\"") {
                try string(&cursor, &actions, depth: depth)
            } else if byte == UInt8(ascii: "#") {
                // Versions differ in whether a backslash carries a comment over the line's end.
                let comment = cursor.takeLine()
                let text = comment.last == 0x0d ? comment.dropLast() : comment
                guard text.last != UInt8(ascii: "\\") else { throw NotUnderstood() }
            } else if let name = cursor.takeName() {
                guard !loading.contains(name) else { throw NotUnderstood() }
                try load(name, cursor, &actions)
            } else if byte == UInt8(ascii: ")"), brackets == 0, depth > 0 {
                cursor.advance()
                return
            } else if operators.contains(byte) || byte.isDigit || byte == 0x20 || (0x09...0x0d).contains(byte) {
                if byte == UInt8(ascii: "(") { brackets += 1 }
                if byte == UInt8(ascii: ")") { brackets -= 1 }
                cursor.advance()
            } else {
                throw NotUnderstood()
            }
        }
        guard depth == 0 else { throw NotUnderstood() }
    }

    private static func string(
        _ cursor: inout CodeCursor, _ actions: inout [ProgramAction], depth: Int
    ) throws(NotUnderstood) {
        cursor.advance()
        while !cursor.isAtEnd {
            let byte = cursor.byte
            cursor.advance()
            if byte == UInt8(ascii: "\"") { return }
            guard byte == UInt8(ascii: "\\") else { continue }
            let escaped = cursor.byte
            cursor.advance()
            if escaped == UInt8(ascii: "(") { try filter(&cursor, &actions, depth: depth + 1) }
        }
        throw NotUnderstood()
    }
}
