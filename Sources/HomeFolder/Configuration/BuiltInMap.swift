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
}

extension Configuration.Server {
    /// The built-in map of the server's program; `nil` for a server elsewhere, which may be anything.
    public var builtInMap: UTF8String? {
        guard case .program(let program) = endpoint else { return nil }
        return BuiltInMap.name(ofProgram: program.command)
    }
}
