// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// The part of a shell's state that few commands change. It is kept apart, because states are copied with every step.
struct ShellSettings: Sendable, Hashable {
    /// `$0`.
    var shellName: [ShellValue] = [.unknown]
    /// The functions, each with all bodies it can have; `nil` among them is "no function".
    var functions: [UTF8String: [ShellBody?]] = [:]
    /// Whether some are readonly.
    var keepsFunctions = false
    /// Those of them that shells below get too.
    var exportedFunctions: Set<UTF8String> = []
    var aliases: [UTF8String: [ShellValue]] = [:]
    /// Where the directories are not known: directories at or below one of which it is (`find -execdir`).
    var below: [UTF8String]?
    var earlierDirectories: [UTF8String]?
    /// Of `pushd`, the newest last.
    var stack: [[UTF8String]?] = []
    /// Descriptors that `exec` opened.
    var descriptors: [Int: ShellDescriptor] = [:]
    /// Commands of `trap` that run at any time, and at the end.
    var traps: [ShellValue] = []
    var endTraps: [ShellValue] = []
    /// What variables were outside of the functions that made them their own.
    var hidden: [UTF8String: ShellVariable.Content] = [:]
    /// Variables that the functions around made their own.
    var locals: Set<UTF8String> = []
}

extension ShellState {
    var shellName: [ShellValue] {
        get { settings.value.shellName }
        _modify { yield &settings.value.shellName }
    }
    var functions: [UTF8String: [ShellBody?]] {
        get { settings.value.functions }
        _modify { yield &settings.value.functions }
    }
    var keepsFunctions: Bool {
        get { settings.value.keepsFunctions }
        _modify { yield &settings.value.keepsFunctions }
    }
    var exportedFunctions: Set<UTF8String> {
        get { settings.value.exportedFunctions }
        _modify { yield &settings.value.exportedFunctions }
    }
    var aliases: [UTF8String: [ShellValue]] {
        get { settings.value.aliases }
        _modify { yield &settings.value.aliases }
    }
    var below: [UTF8String]? {
        get { settings.value.below }
        _modify { yield &settings.value.below }
    }
    var earlierDirectories: [UTF8String]? {
        get { settings.value.earlierDirectories }
        _modify { yield &settings.value.earlierDirectories }
    }
    var stack: [[UTF8String]?] {
        get { settings.value.stack }
        _modify { yield &settings.value.stack }
    }
    var descriptors: [Int: ShellDescriptor] {
        get { settings.value.descriptors }
        _modify { yield &settings.value.descriptors }
    }
    var traps: [ShellValue] {
        get { settings.value.traps }
        _modify { yield &settings.value.traps }
    }
    var endTraps: [ShellValue] {
        get { settings.value.endTraps }
        _modify { yield &settings.value.endTraps }
    }
    var hidden: [UTF8String: ShellVariable.Content] {
        get { settings.value.hidden }
        _modify { yield &settings.value.hidden }
    }
    var locals: Set<UTF8String> {
        get { settings.value.locals }
        _modify { yield &settings.value.locals }
    }
}
