// SPDX-License-Identifier: Apache-2.0

import Foundation
import StrictJSON

@testable import Effects

/// What Writ says a program would do, and whether something that happened is in it.
struct Prediction {
    let effects: [Effect]
    private let opaque: Set<String>
    private let names: Set<String>
    private let trees: Set<String>

    init(_ script: String, _ environment: EffectEnvironment) throws {
        var set = EffectSet()
        try CommandEffects.add(line: UTF8String(script), environment, to: &set)
        effects = set.sorted
        var (opaque, names, trees): (Set<String>, Set<String>, Set<String>) = ([], [], [])
        for effect in effects {
            let id = effect.resource.name.id.string
            if effect.verb == .opaque {
                opaque.insert(id)
                continue
            }
            names.insert("\(effect.verb.rawValue) \(id)")
            // A directory as a whole is a file that lies in itself.
            if effect.resource.ancestors.contains(where: { $0.type == .directory && $0.id == effect.resource.name.id })
            {
                trees.insert("\(effect.verb.rawValue) \(id)")
            }
            for host in [effect.resource.name] + effect.resource.ancestors where host.type == .host {
                names.insert("connect \(host.id)")
            }
        }
        (self.opaque, self.names, self.trees) = (opaque, names, trees)
    }

    /// Positions that stand for anything whatever.
    var isAnything: Bool { !opaque.isDisjoint(with: ["code", "program", "project-code", "arguments"]) }

    var opaquePositions: Set<String> { opaque }

    func covers(_ event: SystemEvent) -> Bool {
        if isAnything { return true }
        switch event.kind {
        case .execute: return names.contains("execute \(event.object)")
        case .connect:
            return opaque.contains("host") || names.contains("connect \(event.object)")
                || ["127.0.0.1", "::1"].contains(event.object) && names.contains("connect localhost")
        case .read: return opaque.contains("path-read") || has("read", event.object)
        case .list:
            // To remove or to fill a folder it is looked into; and to read one may mean those below as well.
            return !opaque.isDisjoint(with: ["path-read", "path-write"])
                || ["read", "write", "delete"].contains { has($0, event.object) }
                || names.contains { $0.hasPrefix("read ") && "\(event.object)/".hasPrefix($0.dropFirst(5) + "/") }
        case .folder:
            // On the way to a file that is written, such folders as are missing may be made.
            return opaque.contains("path-write") || has("write", event.object)
                || names.contains { $0.hasPrefix("write \(event.object)/") }
        case .write: return opaque.contains("path-write") || has("write", event.object)
        case .delete: return opaque.contains("path-write") || has("delete", event.object)
        }
    }

    private func has(_ verb: String, _ path: String) -> Bool {
        if Self.isIn(names, "\(verb) \(path)") { return true }
        var path = path
        while let slash = path.lastIndex(of: "/") {
            if Self.isIn(trees, "\(verb) \(path)") { return true }
            path = String(path[..<slash])
        }
        return trees.contains("\(verb) /")
    }

    /// Of what is deleted a part of the name may be known alone: `/w/d/**/*.o` stands for what bears such a name in `d` or
    /// below.
    private static func isIn(_ names: Set<String>, _ name: String) -> Bool {
        names.contains(name)
            || names.contains { shown in
                guard shown.hasPrefix("delete /"), shown.contains(where: { "*?".contains($0) }) else { return false }
                let levels = shown.components(separatedBy: "/**/")
                guard levels.count == 2 else { return fnmatch(shown, name, FNM_PATHNAME) == 0 }
                let last = name.split(separator: "/").last.map(String.init) ?? ""
                return name.hasPrefix("\(levels[0])/") && fnmatch(levels[1], last, 0) == 0
            }
    }
}
