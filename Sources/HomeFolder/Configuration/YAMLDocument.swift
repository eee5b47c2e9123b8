// SPDX-License-Identifier: Apache-2.0

import StrictJSON
import Yams

/// YAML read as the JSON it stands for.
///
/// Only plain `true`, `false`, `null`, `~` and decimal integers are not texts: `no`, `on` and `1_000` are what they look
/// like. Duplicate keys, anchors, aliases and tags are refused. Errors have places and names of settings, never values,
/// since a server's environment may hold secrets.
enum YAMLDocument {
    static func read(_ bytes: [UInt8], _ path: String) throws(HomeError) -> JSON {
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw HomeError(.malformed, "\(path) is not UTF-8 text")
        }
        do {
            let parser = try Parser(yaml: text, resolver: .basic)
            // The nodes' anchors live as long as the parser only.
            return try withExtendedLifetime(parser) {
                guard let node = try parser.singleRoot() else { return .object(JSONObject()) }
                return try value(node, path, depth: 0)
            }
        } catch let error as HomeError {
            throw error
        } catch let error as YamlError {
            throw HomeError(.malformed, "\(path)\(problem(error))")
        } catch {
            throw HomeError(.malformed, "\(path) is not valid YAML")
        }
    }

    private static func value(_ node: Node, _ path: String, depth: Int) throws(HomeError) -> JSON {
        guard depth < 32 else { throw HomeError(.malformed, "\(path): nested more than 32 deep") }
        // The parser puts an anchor's node wherever its alias stands: a few lines could become a tree without end.
        guard node.anchor == nil else {
            throw HomeError(.malformed, "\(path):\(place(node)): YAML anchors and aliases are not read; write it out")
        }
        guard isUntagged(node) else {
            throw HomeError(.malformed, "\(path):\(place(node)): YAML tags are not read")
        }
        switch node {
        case .scalar(let scalar): return plain(scalar)
        case .sequence(let sequence):
            var elements: [JSON] = []
            for element in sequence { elements.append(try value(element, path, depth: depth + 1)) }
            return .array(elements)
        case .mapping(let mapping):
            var object = JSONObject()
            for (key, element) in mapping {
                guard case .scalar(let name) = key else {
                    throw HomeError(.malformed, "\(path):\(place(key)): a name must be a text")
                }
                guard object[UTF8String(name.string)] == nil else {
                    throw HomeError(.malformed, "\(path):\(place(key)): \(name.string): here twice")
                }
                object[UTF8String(name.string)] = try value(element, path, depth: depth + 1)
            }
            return .object(object)
        case .alias:
            throw HomeError(.malformed, "\(path): YAML aliases are not read; write the value out")
        }
    }

    /// Whether a node is of the kind that it looks like; quoted and plain scalars are texts so far.
    private static func isUntagged(_ node: Node) -> Bool {
        switch node {
        case .scalar: node.tag == tag(.str)
        case .sequence: node.tag == tag(.seq)
        case .mapping: node.tag == tag(.map)
        case .alias: true
        }
    }

    /// With the resolver that has no rules: the default one's regular expressions take a millisecond to be made.
    private static func tag(_ name: Tag.Name) -> Tag { Tag(name, .basic) }

    private static func problem(_ error: YamlError) -> String {
        switch error {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            ":\(mark.line):\(mark.column): \(problem)"
        case .duplicatedKeysInMapping(let names, let context):
            ":\(context.mark.line):\(context.mark.column): \(names.joined(separator: ", ")): here twice"
        default: " is not valid YAML"
        }
    }

    private static func plain(_ scalar: Node.Scalar) -> JSON {
        guard scalar.style == .plain else { return .text(scalar.string) }
        switch scalar.string {
        case "true": return .bool(true)
        case "false": return .bool(false)
        case "null", "~", "": return .null
        default:
            if let number = JSONNumber(lexeme: UTF8String(scalar.string)), number.int64 != nil {
                return .number(number)
            }
            return .text(scalar.string)
        }
    }

    private static func place(_ node: Node) -> String { node.mark.map { "\($0.line):\($0.column)" } ?? "" }
}
