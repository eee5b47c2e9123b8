// SPDX-License-Identifier: Apache-2.0

import StrictJSON

@testable import Effects

/// What a program would do, as texts for tables.
func done(_ language: ProgramAction.Language, _ code: String) -> [String] {
    CodeEffects.actions(of: language, code: UTF8String(code)).map(text)
}

/// What SQL would do, as texts.
func done(sql code: String, _ dialect: SQLDialect = .any) -> [String] {
    SQLEffects.actions(of: UTF8String(code), dialect: dialect).map(text)
}

private func text(_ action: ProgramAction) -> String {
    switch action {
    case .path(let verbs, let value, _): "\(verbs.map(\.rawValue).joined(separator: "+")) \(text(value))"
    case .url(let value): "url \(text(value))"
    case .host(let value): "host \(text(value))"
    case .shell(let value, _): "shell \(text(value))"
    case .codeFile(let value): "code-file \(text(value))"
    case .effect(let effect): "\(effect.verb.rawValue) \(effect.resource.name.id)"
    case .opaque(let position): "opaque \(position.rawValue)"
    case .projectCode: "project-code"
    default: "\(action)"
    }
}

private func text(_ value: ShellValue) -> String { value.known?.string ?? "?" }
