// SPDX-License-Identifier: Apache-2.0

import Effects
public import StrictJSON

/// Which built-in map fits a program.
public enum BuiltInMap {
    /// The map of the program's name, without the folder that it is in; `nil` where there is none.
    public static func name(ofProgram command: String) -> UTF8String? {
        let name = UTF8String(String(command.split(separator: "/").last ?? ""))
        return ToolMaps.builtInNames.contains(name) ? name : nil
    }

    /// The map of what a program that starts others (`uvx`, `npx`, `python -m`) is asked to start; `nil` where it is none
    /// of these, or there is no such map.
    static func name(ofStarter command: String, _ arguments: [ConfiguredText]) -> UTF8String? {
        let starter = command.split(separator: "/").last ?? ""
        guard ["uvx", "uv", "npx", "pipx", "bunx", "python", "python3", "node"].contains(starter) else { return nil }
        for argument in arguments {
            guard case .literal(let text) = argument.source, !text.hasPrefix("-") else { continue }
            let plain = text.prefix { !"@=<>[".contains($0) }.split(separator: "/").last ?? ""
            let name = UTF8String(String(plain.map { $0 == "_" ? "-" : $0 }))
            if ToolMaps.builtInNames.contains(name) { return name }
        }
        return nil
    }
}

extension Configuration.Server {
    /// The built-in map that is named, else that of the server's program; `nil` for a server elsewhere, which may be
    /// anything.
    public var builtInMap: UTF8String? {
        if let namedMap { return namedMap }
        guard case .program(let program) = endpoint else { return nil }
        return BuiltInMap.name(ofProgram: program.command)
    }
}
