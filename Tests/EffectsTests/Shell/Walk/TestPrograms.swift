// SPDX-License-Identifier: Apache-2.0

import StrictJSON

@testable import Effects

/// A few programs, so that these tests are about the walk and not about the table.
struct TestPrograms: ProgramKnowledge {
    func actions(of invocation: Invocation) -> [ProgramAction]? {
        let arguments = invocation.arguments
        let operands = arguments.filter { !$0.prefix.hasPrefix("-") }
        func reads(_ values: [ShellValue]) -> [ProgramAction] { values.map { .path([.read], $0) } }
        switch invocation.program {
        case "cat", "head": return reads(operands) + (invocation.program == "cat" ? [.passesInput] : [])
        case "tee": return operands.map { .path([.write], $0) } + [.passesInput]
        case "ls": return (operands.isEmpty ? [ShellValue(".")] : operands).map { .path([.read], $0, isTree: true) }
        case "grep": return reads(Array(operands.dropFirst()))
        case "wc", "date", "sleep", "base64", "tr", "rev", "xxd", "make", "nproc", "id", "basename", "dirname", "seq":
            return invocation.program == "make" ? [.projectCode] : []
        case "rm": return operands.map { .path([.delete], $0, isTree: arguments.contains(ShellValue("-rf"))) }
        case "touch", "chmod": return operands.map { .path([.write], $0) }
        case "cp", "mv":
            guard operands.count == 2 else { return [.opaque(.arguments)] }
            return [
                .path(invocation.program == "cp" ? [.read] : [.read, .delete], operands[0]),
                .path([.write], operands[1]),
                .copy(from: operands[0], to: operands[1]),
            ]
        case "ln":
            guard operands.count == 2 else { return [.opaque(.arguments)] }
            return [.path([.write], operands[1]), .link(from: operands[0], to: operands[1])]
        case "curl": return operands.map { .url($0) }
        case "ssh":
            guard let host = operands.first else { return [] }
            var setting = ProgramAction.Setting()
            setting.isElsewhere = true
            let text = operands.dropFirst().reduce(ShellValue("")) { $0.followed(by: $1).followed(by: ShellValue(" ")) }
            return [.host(host)] + (operands.count > 1 ? [.shell(text, setting)] : [])
        case "sh", "bash":
            if let place = arguments.firstIndex(of: ShellValue("-c")), place + 1 < arguments.count {
                return [.shell(arguments[place + 1])]
            }
            if let file = operands.first { return [.shellFile(file, Array(operands.dropFirst()))] }
            switch invocation.input {
            case .inherited: return []
            case .text(let text): return [.shell(text)]
            case .files(let files): return files.map { .shellFile($0, []) }
            case .unknown: return [.opaque(.code)]
            }
        case "python3":
            if let place = arguments.firstIndex(of: ShellValue("-c")), place + 1 < arguments.count {
                return [.code(.python, arguments[place + 1])]
            }
            return operands.first.map { [.codeFile($0)] } ?? []
        case "env", "sudo", "timeout": return [.command(arguments)]
        case "xargs":
            var setting = ProgramAction.Setting()
            setting.takesMoreArguments = true
            setting.input = .text(ShellValue(""))
            return [.command(arguments.isEmpty ? [ShellValue("echo")] : arguments, setting)]
        default: return nil
        }
    }
}

/// The effects of a command in `/w`, `/w/p` being the project, and `/home/me` the home folder.
func walked(
    _ line: String, knowledge: any ProgramKnowledge = TestPrograms(),
    resolve: (@Sendable (UTF8String) -> [UTF8String])? = nil
) throws -> [String] {
    let environment = EffectEnvironment(
        workingDirectory: "/w/p", home: "/home/me", filesystem: resolve == nil ? .foreign : .local, root: "/w/p",
        resolve: resolve ?? { [$0] })
    var effects = EffectSet()
    try CommandEffects.add(line: UTF8String(line), environment, to: &effects, knowledge: knowledge)
    return effects.sorted.map { effect in
        let name = effect.resource.name
        let isWhole = effect.resource.ancestors.first == ResourceName(.directory, name.id)
        switch effect.verb {
        case .opaque: return "opaque \(name.id)"
        default: return "\(effect.verb.rawValue) \(name.id)\(isWhole && name.id != "/" ? "/" : "")"
        }
    }
}
