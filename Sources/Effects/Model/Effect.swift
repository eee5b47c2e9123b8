// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// One thing that a call would do: a verb and what it is done to.
public struct Effect: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// What is done.
    public let verb: Verb
    /// To what.
    public let resource: Resource

    /// An effect.
    init(_ verb: Verb, _ resource: Resource) {
        self.verb = verb
        self.resource = resource
    }

    /// The effect of not knowing.
    public static func opaque(_ position: OpaquePosition) -> Effect { Effect(.opaque, .opaque(position)) }

    /// By verb in the order of `Verb`, then by name, then by ancestors: the same set is always the same list.
    public static func < (left: Effect, right: Effect) -> Bool {
        if left.verb != right.verb { return left.verb.rank < right.verb.rank }
        if left.resource.name != right.resource.name { return left.resource.name < right.resource.name }
        return left.resource.ancestors.lexicographicallyPrecedes(right.resource.ancestors)
    }

    /// `read File::"/a"`, for people.
    public var description: String { "\(verb.rawValue) \(resource.name)" }
}

/// Why a call's effects cannot be given at all. The caller denies.
public enum EffectError: Error, Sendable, Equatable {
    /// More than `Limits.effectsMax`, more elements than could become effects, or more readings of paths than
    /// `Limits.callReadingBytesMax`.
    case tooManyEffects
}

/// The distinct effects of a call, up to the limit.
struct EffectSet {
    private var effects: Set<Effect> = []

    /// In order.
    var sorted: [Effect] { effects.sorted() }

    mutating func insert(_ effect: Effect) throws(EffectError) {
        guard effects.insert(effect).inserted else { return }
        guard effects.count <= Limits.effectsMax else { throw .tooManyEffects }
    }

    mutating func insert(opaque position: OpaquePosition) throws(EffectError) { try insert(.opaque(position)) }
}
