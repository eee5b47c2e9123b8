// SPDX-License-Identifier: Apache-2.0

import StrictJSON

@testable import Effects

/// What a program would do, as texts for tables.
func done(_ language: ProgramAction.Language, _ code: String) -> [String] {
    CodeEffects.actions(of: language, code: UTF8String(code)).map(knownText)
}

/// What SQL would do, as texts.
func done(sql code: String, _ dialect: SQLDialect = .any) -> [String] {
    SQLEffects.actions(of: UTF8String(code), dialect: dialect).map(knownText)
}

private func knownText(_ action: ProgramAction) -> String {
    switch action {
    case .path(let verbs, let value, _): "\(verbs.map(\.rawValue).joined(separator: "+")) \(knownText(value))"
    case .url(let value): "url \(knownText(value))"
    case .host(let value): "host \(knownText(value))"
    case .shell(let value, _): "shell \(knownText(value))"
    case .codeFile(let value): "code-file \(knownText(value))"
    case .effect(let effect): "\(effect.verb.rawValue) \(effect.resource.name.id)"
    case .opaque(let position): "opaque \(position.rawValue)"
    case .projectCode: "project-code"
    default: "\(action)"
    }
}

private func knownText(_ value: ShellValue) -> String { value.known?.string ?? "?" }
