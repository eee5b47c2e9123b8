// SPDX-License-Identifier: Apache-2.0

import Glibc

/// What clients write for a value that is somewhere else: `${env:NAME}`, `${NAME}`, `$NAME`, `${userHome}`, …
///
/// A variable of the environment becomes a reference, and is never read here.
struct ClientVariables: Sendable {
    let home: String?
    let workspace: String
    let file: String
    let inputs: Set<String>

    struct Refusal: Error {
        let why: String
    }

    /// A text, its variables taken over.
    ///
    /// - Parameters:
    ///   - name: whose value it is; the variable that takes the place of what a client asks its user for.
    ///   - remarks: what to know of it.
    func text(_ text: String, of name: String?, _ remarks: inout [String]) throws(Refusal) -> ConfiguredText {
        var before = ""
        var variable: String?
        var rest = text[...]
        while let dollar = rest.firstIndex(of: "$") {
            let literal = rest[..<dollar]
            guard let (reference, after) = Self.reference(rest[dollar...]) else {
                // A dollar that begins no variable stands for itself.
                let next = rest.index(after: dollar)
                guard variable == nil else { throw Refusal(why: Self.oneAtTheEnd) }
                before += rest[..<next]
                rest = rest[next...]
                continue
            }
            guard variable == nil else { throw Refusal(why: Self.oneAtTheEnd) }
            before += literal
            rest = after
            switch try resolved(reference, of: name, &remarks) {
            case .text(let text): before += text
            case .variable(let name): variable = name
            }
        }
        guard let variable else { return ConfiguredText(.literal(before + rest)) }
        guard rest.isEmpty else { throw Refusal(why: Self.oneAtTheEnd) }
        return ConfiguredText(.variable(variable), prefix: before)
    }

    private static let oneAtTheEnd =
        "a value with a variable in its middle, or with several; write it out in writ.yaml"

    private enum Resolved {
        case text(String)
        case variable(String)
    }

    private func resolved(
        _ reference: Substring, of name: String?, _ remarks: inout [String]
    ) throws(Refusal) -> Resolved {
        if reference.hasPrefix("input:") {
            let id = String(reference.dropFirst(6))
            guard let name, Self.isName(name) else {
                throw Refusal(
                    why: "it asks its user for `\(Self.shown(id))` (inputs), which Writ cannot; write the value out")
            }
            remarks.append(
                "the client asks its user for \(name) (inputs): Writ takes it from the environment variable \(name)")
            return .variable(name)
        }
        switch reference {
        case "userHome", "HOME":
            guard let home else { throw Refusal(why: "your user has no home folder, which it names") }
            return .text(home)
        case "workspaceFolder": return .text(workspace)
        case "workspaceFolderBasename": return .text(String(workspace.split(separator: "/").last ?? ""))
        case "pathSeparator", "/": return .text("/")
        default: break
        }
        var variable = reference.hasPrefix("env:") ? reference.dropFirst(4) : reference
        if let standard = variable.firstRange(of: ":-") {
            variable = variable[..<standard.lowerBound]
            remarks.append("the default of $\(Self.shown(String(variable))) is not taken over: set the variable")
        }
        guard Self.isName(String(variable)) else {
            throw Refusal(why: "it has the variable ${\(Self.shown(String(reference)))}, which Writ does not know")
        }
        return .variable(String(variable))
    }

    /// What stands in `${…}`, or after `$`, and what follows it.
    private static func reference(_ text: Substring) -> (Substring, Substring)? {
        let body = text.dropFirst()
        if body.hasPrefix("{") {
            let inner = body.dropFirst()
            guard let close = inner.firstIndex(of: "}"), close != inner.startIndex else { return nil }
            return (inner[..<close], inner[inner.index(after: close)...])
        }
        let name = body.prefix { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }
        guard let first = name.first, !first.isNumber else { return nil }
        return (name, body[name.endIndex...])
    }

    /// A variable's name, as shells have them.
    static func isName(_ text: String) -> Bool {
        guard let first = text.utf8.first, text.utf8.count <= 256, !(0x30...0x39).contains(first) else { return false }
        return text.utf8.allSatisfy { byte in
            (0x30...0x39).contains(byte) || (0x41...0x5a).contains(byte) || (0x61...0x7a).contains(byte)
                || byte == UInt8(ascii: "_")
        }
    }

    private static func shown(_ text: String) -> String {
        text.utf8.count <= 64 ? text : "a name of \(text.utf8.count) bytes"
    }
}
