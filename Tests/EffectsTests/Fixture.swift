// SPDX-License-Identifier: Apache-2.0

import Effects
import StrictJSON

let documents = EffectEnvironment(workingDirectory: "/srv/docs", home: "/home/me")

func map(_ parameters: String, more: String = "") throws -> ToolMap? {
    try ToolMap.tools(from: JSON(parsing: UTF8String(#"{"tools":{"t":{"parameters":\#(parameters)\#(more)}}}"#)))["t"]
}

func derivation(
    _ arguments: String, _ parameters: String, more: String = "", _ environment: EffectEnvironment = documents
) throws -> DerivedEffects {
    try EffectDeriver.effects(
        parameters: JSON(parsing: UTF8String(arguments)), map: map(parameters, more: more), environment: environment)
}

func derived(
    _ arguments: String, _ parameters: String, more: String = "", _ environment: EffectEnvironment = documents
) throws -> [Effect] {
    try derivation(arguments, parameters, more: more, environment).effects
}

func described(
    _ arguments: String, _ parameters: String, more: String = "", _ environment: EffectEnvironment = documents
) throws -> [String] {
    try derived(arguments, parameters, more: more, environment).map(\.description)
}

func command(_ line: String, _ environment: EffectEnvironment = documents) throws -> [String] {
    let map = try map(#"{"/command":{"verb":"execute","kind":"command"}}"#)
    return try EffectDeriver.effects(parameters: ["command": .text(line)], map: map, environment: environment)
        .effects.map(\.description)
}
