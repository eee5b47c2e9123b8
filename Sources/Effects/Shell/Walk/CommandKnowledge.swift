// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// What the walk asks of the rest: programs by name, and texts in other languages.
enum CommandKnowledge {
    /// The programs that are known.
    static var programs: any ProgramKnowledge { ProgramTable.standard }

    /// What a text in another language does.
    static func actions(of language: ProgramAction.Language, _ code: UTF8String) -> [ProgramAction] {
        CodeEffects.actions(of: language, code: code)
    }
}

extension ProgramTable {
    func actions(setting name: UTF8String, to value: ShellValue, isExported: Bool) -> [ProgramAction] {
        VariableTable.actions(name, value, isExported: isExported)
    }
}

/// For a program whose arguments nobody tells: every name is one, and does nothing that can be said.
struct NamesAlone: ProgramKnowledge {
    func actions(of invocation: Invocation) -> [ProgramAction]? { [] }
}
