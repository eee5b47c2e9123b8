// SPDX-License-Identifier: Apache-2.0

/// The texts of the table, each a family of programs.
enum ProgramFamilies {
    static let all: [String] = systems + developers

    /// What every system has.
    static let systems: [String] = [coreutils, textTools, wrappers, shells, archives, network, systemTools, documents]
}
