// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// A function of Cedar's extension types.
public enum ExtensionFunction: String, Sendable, Hashable, CaseIterable {
    /// Constructors, called as functions with a string.
    case decimal, ip, datetime, duration
    /// Methods of decimals.
    case lessThan, lessThanOrEqual, greaterThan, greaterThanOrEqual
    /// Methods of IP addresses.
    case isIpv4, isIpv6, isLoopback, isMulticast, isInRange
    /// Methods of datetimes.
    case offset, durationSince, toDate, toTime
    /// Methods of durations.
    case toMilliseconds, toSeconds, toMinutes, toHours, toDays

    /// Whether this is written `receiver.name(…)`; else it is written `name(…)`.
    public var isMethod: Bool {
        switch self {
        case .decimal, .ip, .datetime, .duration: false
        default: true
        }
    }

    /// Arguments with the receiver. A call with another number is an error of evaluation, not of syntax.
    public var argumentCount: Int {
        switch self {
        case .lessThan, .lessThanOrEqual, .greaterThan, .greaterThanOrEqual, .isInRange, .offset, .durationSince: 2
        default: 1
        }
    }

    /// The types of the arguments, a method's receiver first.
    var argumentTypes: [CedarType] {
        switch self {
        case .decimal, .ip, .datetime, .duration: [.string]
        case .lessThan, .lessThanOrEqual, .greaterThan, .greaterThanOrEqual: [.decimal, .decimal]
        case .isIpv4, .isIpv6, .isLoopback, .isMulticast: [.ip]
        case .isInRange: [.ip, .ip]
        case .offset: [.datetime, .duration]
        case .durationSince: [.datetime, .datetime]
        case .toDate, .toTime: [.datetime]
        case .toMilliseconds, .toSeconds, .toMinutes, .toHours, .toDays: [.duration]
        }
    }

    /// The type of the result.
    var resultType: CedarType {
        switch self {
        case .decimal: .decimal
        case .ip: .ip
        case .datetime, .offset, .toDate: .datetime
        case .duration, .durationSince, .toTime: .duration
        case .lessThan, .lessThanOrEqual, .greaterThan, .greaterThanOrEqual: .bool
        case .isIpv4, .isIpv6, .isLoopback, .isMulticast, .isInRange: .bool
        case .toMilliseconds, .toSeconds, .toMinutes, .toHours, .toDays: .long
        }
    }

    /// The functions by name, so that names compare as bytes.
    static let named = Dictionary(uniqueKeysWithValues: allCases.map { (UTF8String($0.rawValue), $0) })
}

extension Method {
    /// The methods by name, so that names compare as bytes.
    static let named = Dictionary(uniqueKeysWithValues: allCases.map { (UTF8String($0.rawValue), $0) })
}

extension Variable {
    /// The variables by name, so that names compare as bytes.
    static let named = Dictionary(uniqueKeysWithValues: allCases.map { (UTF8String($0.rawValue), $0) })
}
