// SPDX-License-Identifier: Apache-2.0

public import StrictJSON

/// What a call would do, as far as it can be known before.
public struct DerivedEffects: Sendable, Equatable {
    /// The distinct effects, in order; the call is allowed only if each is.
    public let effects: [Effect]
    /// Whether the tool has a map. Without one there is one opaque effect, and values are checked.
    public let mapped: Bool
    /// The arguments to forward: each path that has one reading only is replaced by it, as is a URL whose path had dot
    /// segments or needless escapes; all else is as it was.
    public let canonicalParameters: JSON
    /// Where the arguments have a null that stands for absence, by the map.
    public let nulls: Set<JSONPointer>

    /// Effects from their parts.
    public init(effects: [Effect], mapped: Bool, canonicalParameters: JSON, nulls: Set<JSONPointer> = []) {
        self.nulls = nulls
        self.effects = effects
        self.mapped = mapped
        self.canonicalParameters = canonicalParameters
    }
}

/// Derives effects by the maps in force.
public struct EffectDeriver: Sendable {
    /// The maps in force.
    public let maps: ToolMaps

    /// A deriver.
    public init(maps: ToolMaps) { self.maps = maps }

    /// The effects of calling `tool` with `parameters`.
    ///
    /// - Throws: `EffectError.tooManyEffects`; the caller denies.
    public func effects(
        of tool: ToolReference, parameters: JSON, environment: EffectEnvironment
    ) throws(EffectError) -> DerivedEffects {
        try Self.effects(parameters: parameters, map: maps[tool], environment: environment)
    }

    /// The effects of calling a tool with this map.
    ///
    /// - Throws: `EffectError.tooManyEffects`; the caller denies.
    public static func effects(
        parameters: JSON, map: ToolMap?, environment: EffectEnvironment
    ) throws(EffectError) -> DerivedEffects {
        var walk = ArgumentWalk(environment: environment, arguments: parameters)
        var canonical = parameters
        if !CedarValues.numbersAreExact(in: parameters) { try walk.effects.insert(opaque: .value) }
        if let map {
            canonical = try walk.take(parameters, map)
        } else {
            try walk.effects.insert(opaque: .arguments)
        }
        return DerivedEffects(
            effects: walk.effects.sorted, mapped: map != nil, canonicalParameters: canonical, nulls: walk.nulls)
    }
}
